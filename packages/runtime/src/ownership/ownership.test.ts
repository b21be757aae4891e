import { describe, expect, test } from "vitest";
import {
  claimManifest,
  emptyFragments,
  fragmentsOf,
  releaseFragments,
  transferFragments,
} from "./fragment-registry.ts";
import { boundaryErrorText, checkBoundary, checkFullSession } from "./ingress.ts";
import {
  allowedBy,
  boundariesOfManifest,
  boundaryOfBundle,
  boundaryOfManifest,
  boundaryOfProtocol,
  boundaryOfScope,
  matchesFragment,
} from "./link-boundary.ts";
import { ownerErrorText } from "./owner-error.ts";
import {
  checkOwner,
  claimOwner,
  emptyOwners,
  ownerOf,
  releaseOwner,
  transferOwner,
} from "./owner-registry.ts";
import { ownershipReceipt, ownershipReceiptId } from "./ownership-receipt.ts";
import { fragmentScope, sessionScope } from "./scope.ts";

const claimed = () => {
  const result = claimOwner(emptyOwners, "s", "ada");
  if (!result.ok) throw new Error("not claimed");
  return result;
};
const manifest = (...bundles: string[]) => ({
  protocol_id: "p",
  link_specs: bundles.map((bundle_id) => ({ bundle_id })),
});

describe("an owner", () => {
  test("who claims again keeps the generation; another is told who holds the session", () => {
    const { owners, value } = claimed();
    expect(value).toEqual({ session: "s", owner: "ada", generation: 1, scope: sessionScope });
    expect(claimOwner(owners, "s", "ada")).toMatchObject({ ok: true, value: { generation: 1 } });
    expect(claimOwner(owners, "s", "bea")).toMatchObject({
      ok: false,
      error: { variant: "OwnerConflict", existing: "ada", requested: "bea" },
    });
  });

  test("who handed a session over is stale, and generations go on after a release", () => {
    const { owners, value } = claimed();
    const moved = transferOwner(owners, value, "bea", fragmentScope(["bundle:b"]));
    if (!moved.ok) throw new Error("not moved");
    expect(moved.value).toMatchObject({ owner: "bea", generation: 2 });
    expect(checkOwner(moved.owners, "s", value)).toMatchObject({ variant: "OwnerMismatch" });
    expect(checkOwner(moved.owners, "s", { ...moved.value, generation: 1 })).toMatchObject({
      variant: "CapabilityMismatch",
      current: 2,
    });
    expect(checkOwner(moved.owners, "s", { ...moved.value, scope: sessionScope })).toMatchObject({
      variant: "CapabilityMismatch",
    });
    const released = releaseOwner(moved.owners, moved.value);
    if (!released.ok) throw new Error("not released");
    expect(ownerOf(released.owners, "s")).toBeUndefined();
    expect(claimOwner(released.owners, "s", "ada")).toMatchObject({ value: { generation: 3 } });
  });

  test("is asked for in the order: a record, the owner, the session, generation and scope", () => {
    const { owners, value } = claimed();
    const all = [
      checkOwner(emptyOwners, "s", value),
      checkOwner(owners, "s", { ...value, owner: "bea", session: "t" }),
      checkOwner(owners, "s", { ...value, session: "t", generation: 9 }),
      checkOwner(owners, "s", { ...value, generation: 9 }),
    ];
    expect(all.map((error) => error?.variant)).toEqual([
      "MissingOwner",
      "OwnerMismatch",
      "CapabilitySessionMismatch",
      "CapabilityMismatch",
    ]);
    for (const error of all) expect(error && ownerErrorText(error)).toMatch(/\bs(ession)?\b/);
  });
});

describe("a boundary", () => {
  test("without a fragment is refused to an owner of fragments and allowed to one of the session", () => {
    expect(allowedBy(boundaryOfScope(sessionScope), fragmentScope(["bundle:b"]))).toBe(false);
    expect(allowedBy(boundaryOfScope(sessionScope), sessionScope)).toBe(true);
    expect(allowedBy(boundaryOfBundle("b"), fragmentScope(["bundle:b", "bundle:c"]))).toBe(true);
    expect(allowedBy(boundaryOfBundle("d"), fragmentScope(["bundle:b"]))).toBe(false);
  });

  test("of a manifest is one per bundle by name, its protocol without links, and the union as a whole", () => {
    expect(boundariesOfManifest(manifest()).map(({ fragments }) => fragments)).toEqual([["protocol:p"]]);
    expect(boundaryOfManifest(manifest())).toEqual(boundaryOfProtocol("p"));
    expect(boundariesOfManifest(manifest("z", "a", "z")).map(({ bundle }) => bundle)).toEqual(["a", "z"]);
    const whole = boundaryOfManifest(manifest("z", "a"));
    expect(whole.bundle).toBeUndefined();
    expect(whole.scope).toEqual(fragmentScope(["bundle:a", "bundle:z"]));
    expect(matchesFragment(whole, "bundle:z")).toBe(true);
    expect(matchesFragment(whole, "protocol:p")).toBe(false);
  });

  test("lets a delegated owner in at its bundle, and nowhere that needs the whole session", () => {
    const { owners, value } = claimed();
    const moved = transferOwner(owners, value, "bea", fragmentScope(["bundle:b"]));
    if (!moved.ok) throw new Error("not moved");
    expect(checkBoundary(moved.owners, moved.value, boundaryOfBundle("b"))).toBeUndefined();
    const refused = [
      checkBoundary(moved.owners, value, boundaryOfBundle("b")),
      checkBoundary(moved.owners, moved.value, boundaryOfProtocol("p")),
      checkFullSession(moved.owners, moved.value),
    ];
    expect(refused.map((error) => error?.variant)).toEqual([
      "CapabilityRejected",
      "BoundaryScopeRejected",
      "FullSessionCapabilityRequired",
    ]);
    for (const error of refused) expect(error && boundaryErrorText(error)).not.toBe("");
    expect(checkFullSession(owners, value)).toBeUndefined();
  });
});

describe("fragments", () => {
  test("are claimed all or none, move together and are released by key or at once", () => {
    const first = claimManifest(emptyFragments, "s", "ada", manifest("a", "b"));
    if (!first.ok) throw new Error("not claimed");
    expect(fragmentsOf(first.fragments, "s").map(({ key }) => key)).toEqual(["bundle:a", "bundle:b"]);
    expect(claimManifest(first.fragments, "s", "ada", manifest("a", "b"))).toMatchObject({ ok: true });
    expect(claimManifest(first.fragments, "s", "bea", manifest("b", "c"))).toMatchObject({
      ok: false,
      error: { variant: "OwnerConflict", key: "bundle:b" },
    });
    expect(transferFragments(first.fragments, "s", "bea", "chan")).toMatchObject({
      error: { variant: "OwnerMismatch" },
    });
    expect(transferFragments(first.fragments, "t", "ada", "bea")).toMatchObject({
      error: { variant: "SessionMissing" },
    });
    const moved = transferFragments(first.fragments, "s", "ada", "bea");
    if (!moved.ok) throw new Error("not moved");
    expect(new Set(fragmentsOf(moved.fragments, "s").map(({ owner }) => owner))).toEqual(new Set(["bea"]));
    const some = releaseFragments(moved.fragments, "s", ["bundle:a"]);
    expect(some.touched).toEqual(["bundle:a"]);
    expect(releaseFragments(some.fragments, "s").fragments.size).toBe(0);
  });
});

test("an ownership receipt names both owners and generations, and its id changes with any of them", () => {
  const { owners, value } = claimed();
  const moved = transferOwner(owners, value, "bea", fragmentScope(["bundle:b"]));
  if (!moved.ok) throw new Error("not moved");
  const receipt = ownershipReceipt(value, moved.value);
  expect(receipt).toMatchObject({
    claim: 2,
    fromGeneration: 1,
    toGeneration: 2,
    scope: { keys: ["bundle:b"] },
  });
  const changed = Object.keys(receipt).map((key) =>
    ownershipReceiptId({ ...receipt, [key]: key === "scope" ? sessionScope : "x" } as typeof receipt),
  );
  expect(new Set([ownershipReceiptId(receipt), ...changed]).size).toBe(changed.length + 1);
});
