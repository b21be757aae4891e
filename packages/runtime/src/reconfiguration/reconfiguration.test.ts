import type { OwnerCapability } from "@parley/wire";
import { describe, expect, test } from "vitest";
import {
  boundaryOfBundle,
  boundaryOfProtocol,
  boundaryOfScope,
  checkBoundary,
  checkFullSession,
  claimManifest,
  claimOwner,
  emptyFragments,
  emptyOwners,
  fragmentScope,
  fragmentsOf,
  sessionScope,
} from "../ownership/index.ts";
import { fresh, none, ports, toBea, upgrade } from "../testing/sample-handoff.ts";
import { coherenceViolations, violationText } from "./coherence.ts";
import {
  delegate,
  emptyController,
  extendFootprint,
  footprintOf,
  linkBundles,
  registerBundle,
} from "./controller.ts";
import { controllerErrorText } from "./controller-error.ts";
import {
  type ActiveOwner,
  delegateActiveSession,
  type OwnedSessions,
  valueOwner,
} from "./delegate-active-session.ts";
import { delegateSession } from "./delegate-session.ts";
import { emptyFootprint, placeSession } from "./footprint.ts";
import { linkManagedBundles, registerManagedBundle, verifyCoherence } from "./manager.ts";
import { activeDelegationErrorText, managerErrorText } from "./manager-error.ts";
import { withBoundary, withScope } from "./transfer.ts";

const owned = (): { held: OwnedSessions; active: ActiveOwner; capability: OwnerCapability } => {
  const claimed = claimOwner(emptyOwners, "s", "ada");
  const fragments = claimManifest(emptyFragments, "s", "ada", {
    protocol_id: "aura.invitation.device_enrollment",
    link_specs: [{ bundle_id: "device_migration" }],
  });
  if (!claimed.ok || !fragments.ok) throw new Error("not claimed");
  const held = { owners: claimed.owners, fragments: fragments.fragments };
  return { held, active: valueOwner(held, "s"), capability: claimed.value };
};

describe("bundles", () => {
  test("are built by grouping the manifests' link specs", () => {
    const { bundles } = fresh().controller;
    expect(
      [...bundles.values()].map(({ bundle_id, protocol_ids, exports, imports }) => ({
        bundle_id,
        protocol_ids,
        exports,
        imports,
      })),
    ).toEqual([
      {
        bundle_id: "device_migration",
        protocol_ids: ["aura.invitation.device_enrollment"],
        exports: ["device_migration.accept", "device_migration.request"],
        imports: ["device_migration.accept", "device_migration.request"],
      },
      {
        bundle_id: "epoch_rotation_transfer",
        protocol_ids: ["aura.sync.epoch_rotation"],
        exports: ["epoch_rotation.proposal"],
        imports: [],
      },
    ]);
  });

  test("link into a third; what does not fit, overlaps, is unknown or taken is refused in that order", () => {
    const bundle = (id: string, imports: readonly string[], sessions: readonly string[] = []) => ({
      schema_version: "aura.reconfiguration.v1" as const,
      bundle_id: id,
      protocol_ids: [id],
      exports: [`${id}.out`],
      imports,
      footprint: sessions.reduce((all, one) => placeSession(all, one, "native"), emptyFootprint),
    });
    const controller = [
      bundle("a", ["b.out"], ["s"]),
      bundle("b", ["a.out"], ["s"]),
      bundle("c", ["nowhere"], ["s"]),
      bundle("d", []),
    ].reduce((all, one) => {
      const registered = registerBundle(all, one);
      if (!registered.ok) throw new Error("not registered");
      return registered.controller;
    }, emptyController);
    const refused = [
      linkBundles(controller, "x", "y", "z"),
      linkBundles(controller, "a", "c", "z"),
      linkBundles(controller, "a", "b", "z"),
      linkBundles(controller, "d", "d", "a"),
    ];
    expect(refused.map((one) => (one.ok ? "ok" : one.error.variant))).toEqual([
      "BundleNotFound",
      "IncompatibleInterfaces",
      "OverlappingSessions",
      "DuplicateBundle",
    ]);
    for (const one of refused) if (!one.ok) expect(controllerErrorText(one.error)).toMatch(/[a-z]/);
    const linked = linkBundles(controller, "b", "d", "bd");
    expect(linked.ok).toBe(false);
    const fits = linkBundles(controller, "d", "d", "dd");
    if (!fits.ok) throw new Error(fits.error.variant);
    expect(fits.value).toMatchObject({ protocol_ids: ["d", "d"], exports: ["d.out"] });
    expect([...fits.controller.bundles.keys()]).toEqual(["a", "b", "c", "d", "dd"]);
  });
});

describe("footprints", () => {
  test("stay coherent on the way there and back: a to b to c to a", () => {
    let controller = extendFootprint(emptyController, "a", "s", "native");
    for (const [from, to] of [
      ["a", "b"],
      ["b", "c"],
      ["c", "a"],
    ] as const) {
      const moved = delegate(controller, { session: "s", from, to, bundle: undefined, at: 1 });
      if (!moved.ok) throw new Error(controllerErrorText(moved.error));
      controller = moved.controller;
      expect(coherenceViolations(controller.footprints)).toEqual([]);
    }
    expect(footprintOf(controller, "a").delegatedIn).toEqual(["s"]);
    expect(footprintOf(controller, "b")).toEqual(emptyFootprint);
    expect(controller.delegations).toHaveLength(3);
  });

  test("refuse a giver who has nothing to do with the session, and a second receiver, and change nothing", () => {
    const controller = extendFootprint(emptyController, "a", "s", "native");
    expect(
      delegate(controller, { session: "s", from: "z", to: "b", bundle: undefined, at: 1 }),
    ).toMatchObject({
      error: { variant: "SessionNotOwned" },
    });
    const moved = delegate(controller, { session: "s", from: "a", to: "b", bundle: undefined, at: 1 });
    if (!moved.ok) throw new Error("not moved");
    expect(
      delegate(moved.controller, { session: "s", from: "a", to: "c", bundle: undefined, at: 2 }),
    ).toMatchObject({
      error: { variant: "CoherenceViolation", violations: [{ session: "s" }, { session: "s" }] },
    });
    expect(
      delegate(moved.controller, { session: "s", from: "a", to: "b", bundle: undefined, at: 2 }).ok,
    ).toBe(true);
  });

  test("say every violation, by session", () => {
    const footprints = new Map([
      ["a", placeSession(placeSession(emptyFootprint, "z", "delegatedOut"), "m", "native")],
      ["b", placeSession(emptyFootprint, "m", "native")],
    ]);
    const violations = coherenceViolations(footprints);
    expect(violations.map(({ kind, session }) => [kind, session])).toEqual([
      ["owners", "m"],
      ["receivers", "z"],
    ]);
    for (const violation of violations) expect(violationText(violation)).toContain(violation.session);
  });
});

describe("a delegation", () => {
  test("keeps its context apart from its bundle evidence", () => {
    const named = delegateSession(fresh(), { ...toBea, context: "ctx:s" }, ports());
    if (!named.ok) throw new Error(managerErrorText(named.error));
    expect(named.fact).toEqual({
      context_id: "ctx:s",
      session_id: "s",
      from_authority: "ada",
      to_authority: "bea",
      bundle_id: "device_migration",
      timestamp: 7,
    });
    expect(named.witness).toMatchObject({
      context: "ctx:s",
      boundary: { bundle: "device_migration" },
      scope: { kind: "fragments", keys: ["bundle:device_migration"] },
      movedFragments: ["bundle:device_migration"],
      coherence: { kind: "Preserved" },
    });
    const unnamed = delegateSession(fresh(), toBea, ports());
    expect(unnamed).toMatchObject({ ok: true, fact: { context_id: "home:ada" } });
  });

  test("is refused, by every typed error, with the manager as it was", () => {
    const manager = fresh();
    const before = JSON.stringify([...manager.controller.footprints]);
    const cases = {
      MissingCapability: delegateSession(fresh(none), toBea, ports()),
      DelegationTimestamp: delegateSession(manager, toBea, ports({ now: () => undefined })),
      BundleNotRegistered: delegateSession(manager, { ...toBea, bundle: "nope" }, ports()),
      InvalidLinkBoundary: delegateSession(
        manager,
        withBoundary(toBea, boundaryOfScope(sessionScope)),
        ports(),
      ),
      DelegateSession: delegateSession(manager, { ...toBea, from: "chan" }, ports()),
      RuntimeUpgrade: delegateSession(manager, { ...toBea, upgrade: upgrade() }, ports()),
      PersistDelegationFact: delegateSession(manager, toBea, ports({ persist: () => "the disk is full" })),
    };
    for (const [variant, result] of Object.entries(cases)) {
      if (result.ok) throw new Error(`${variant} was not refused`);
      expect(result.error.variant).toBe(variant);
      expect(managerErrorText(result.error)).not.toBe("");
    }
    expect(JSON.stringify([...manager.controller.footprints])).toBe(before);
    const out = delegateSession(manager, toBea, ports());
    if (!out.ok) throw new Error("not delegated");
    expect(delegateSession(out.manager, { ...toBea, to: "chan" }, ports())).toMatchObject({
      error: { variant: "CoherenceViolation" },
    });
    expect(
      registerManagedBundle(manager, [...manager.controller.bundles.values()][0] as never),
    ).toMatchObject({
      error: { variant: "RegisterBundle" },
    });
    expect(linkManagedBundles(manager, "device_migration", "nope", "x")).toMatchObject({
      error: { variant: "LinkBundles", linked: "x" },
    });
    expect(linkManagedBundles(fresh(none), "device_migration", "epoch_rotation_transfer", "x")).toMatchObject(
      {
        error: { variant: "MissingCapability", operation: "bundle linking" },
      },
    );
  });

  test("takes only boundaries of its bundle and scope", () => {
    const manager = fresh();
    const wrong = [
      withScope(toBea, fragmentScope(["bundle:other"])),
      withBoundary(toBea, boundaryOfProtocol("p")),
      { ...toBea, boundary: boundaryOfBundle("epoch_rotation_transfer") },
    ];
    expect(
      wrong.map((transfer) => {
        const result = delegateSession(manager, transfer, ports());
        return !result.ok && result.error.variant === "InvalidLinkBoundary" && result.error.source.variant;
      }),
    ).toEqual(["LinkBoundaryScopeMismatch", "LinkBoundaryBundleMismatch", "LinkBoundaryBundleMismatch"]);
  });
});

describe("a handoff of a live session", () => {
  test("moves owner, fragments and footprint together and refuses the stale owner", () => {
    const { held, active, capability } = owned();
    const result = delegateActiveSession(fresh(), active, capability, toBea, ports());
    if (!result.ok) throw new Error(activeDelegationErrorText(result.error));
    const now = active.capability();
    expect(now).toMatchObject({ owner: "bea", generation: 2, scope: { keys: ["bundle:device_migration"] } });
    expect(fragmentsOf(held.fragments, "s").map(({ owner }) => owner)).toEqual(["bea"]);
    expect(footprintOf(result.manager.controller, "ada").delegatedOut).toEqual(["s"]);
    expect(footprintOf(result.manager.controller, "bea").delegatedIn).toEqual(["s"]);
    expect(result.witness.ownershipReceipt).toMatchObject({
      fromGeneration: 1,
      toGeneration: 2,
      toOwner: "bea",
    });
    expect(checkFullSession(held.owners, now)?.variant).toBe("FullSessionCapabilityRequired");
    expect(checkBoundary(held.owners, now, boundaryOfBundle("device_migration"))).toBeUndefined();
    expect(delegateActiveSession(result.manager, active, capability, toBea, ports())).toMatchObject({
      error: { variant: "OwnerTransfer", source: { variant: "OwnerMismatch" } },
    });
  });

  test("that fails leaves owner, generation, scope, fragments and footprints exactly as they were", () => {
    const { held, active, capability } = owned();
    const before = { ...held };
    const manager = fresh();
    for (const failing of [
      () => delegateActiveSession(fresh(none), active, capability, toBea, ports()),
      () => delegateActiveSession(manager, active, capability, toBea, ports({ persist: () => "no" })),
      () => delegateActiveSession(manager, active, capability, { ...toBea, upgrade: upgrade() }, ports()),
      () => delegateActiveSession(manager, active, capability, { ...toBea, bundle: "nope" }, ports()),
    ]) {
      const result = failing();
      if (result.ok) throw new Error("was not refused");
      expect(result.error.variant).toBe("Reconfiguration");
      expect(activeDelegationErrorText(result.error)).not.toBe("");
      expect(held).toEqual(before);
    }
    // Scope of the owner and of the routing boundary are one, so the owner still passes its own boundary.
    expect(active.capability()).toEqual(capability);
    expect(checkBoundary(held.owners, capability, boundaryOfScope(capability.scope))).toBeUndefined();
    expect(footprintOf(manager.controller, "bea")).toEqual(emptyFootprint);
    expect(verifyCoherence(manager)).toEqual([]);
  });

  test("of another session, or whose owner cannot be put back, says so", () => {
    const { active, capability } = owned();
    expect(
      delegateActiveSession(fresh(), active, capability, { ...toBea, session: "t" }, ports()),
    ).toMatchObject({
      error: { variant: "SessionMismatch", active_session_id: "s", transfer_session_id: "t" },
    });
    const stuck: ActiveOwner = { ...active, restore: () => "the host is gone" };
    const result = delegateActiveSession(fresh(), stuck, capability, toBea, ports({ persist: () => "no" }));
    expect(result).toMatchObject({ error: { variant: "RollbackFailed", rollback: "the host is gone" } });
    if (!result.ok) expect(activeDelegationErrorText(result.error)).toContain("the host is gone");
  });

  test("whose fragment somebody else holds moves nothing", () => {
    const { held, capability } = owned();
    held.fragments = new Map([
      [
        "s",
        new Map([
          [
            "bundle:device_migration",
            { session: "s", key: "bundle:device_migration", owner: "zed", protocol: "p" },
          ],
        ]),
      ],
    ]);
    const before = { ...held };
    const result = delegateActiveSession(fresh(), valueOwner(held, "s"), capability, toBea, ports());
    expect(result).toMatchObject({
      error: { variant: "OwnerTransfer", source: { variant: "OwnerMismatch", existing: "zed" } },
    });
    expect(held).toEqual(before);
  });
});
