import { handoffStages } from "@parley/wire";
import type { DelegateSession } from "@parley/wire/http";
import { describe, expect, test } from "vitest";
import { hostFixture } from "../../testing/host-fixture.ts";
import { linkedCatalogue } from "../../testing/linked-source.ts";
import {
  ask,
  footprintOf,
  handOn,
  must,
  refusal,
  seats,
  standing,
  start,
} from "../../testing/live-handoff.ts";
import { operator } from "../caller.ts";

describe("a failed handoff", () => {
  test.each(handoffStages.map((stage) => [stage] as const))(
    "at its %s, on request, leaves owner, generation, scope, fragments and footprints exactly as they were",
    async (failAt) => {
      const { host, store, id } = await start();
      must(await handOn(host, id, "chan"));
      const before = await standing(host, id);
      const commit = await store.lastCommit();
      const result = await handOn(host, id, "dee", { failAt });
      expect(result).toMatchObject({ ok: false, error: { kind: "handoff-refused", injected: failAt } });
      expect(await standing(host, id)).toEqual(before);
      // One entry more in all the workspace, and it is the audit's: that the failure was asked for.
      const entries = await store.readCommits(commit, 100);
      expect(entries.map(({ entry }) => entry.input)).toMatchObject([
        { kind: "audit.refused", what: "delegate", subject: id, injected: failAt },
      ]);
      const { refused } = must(await host.ownership(id));
      expect(refused).toMatchObject([{ what: "delegate", injected: failAt }]);
      expect(refused[0]?.detail).toContain(`It was made to fail at its ${failAt}, as asked.`);
      // Nothing of the attempt stands in the way of the next.
      expect(must(await handOn(host, id, "dee")).ownership.owner).toMatchObject({
        owner: "dee",
        generation: 3,
      });
    },
  );

  test("says by a typed error what failed", async () => {
    const { host, id } = await start();
    const errors: unknown[] = [];
    for (const failAt of handoffStages)
      errors.push([failAt, refusal(await handOn(host, id, "chan", { failAt }))]);
    expect(errors).toEqual([
      ["time", { code: "PAR8414", variant: "Reconfiguration.DelegationTimestamp" }],
      ["owner", { code: "PAR8301", variant: "OwnerTransfer.MissingOwner" }],
      ["fragments", { code: "PAR8313", variant: "OwnerTransfer.SessionMissing" }],
      ["footprint", { code: "PAR8405", variant: "Reconfiguration.DelegateSession.SessionNotOwned" }],
      ["coherence", { code: "PAR8420", variant: "Reconfiguration.CoherenceViolation" }],
      ["fact", { code: "PAR8419", variant: "Reconfiguration.PersistDelegationFact" }],
      ["receipt", { code: "PAR8419", variant: "Reconfiguration.PersistDelegationFact" }],
      ["rollback", { code: "PAR8419", variant: "RollbackFailed.PersistDelegationFact" }],
    ]);
    // The owner acts on the session as before: its scope is the routing boundary's.
    const { owner, boundary } = must(await host.ownership(id));
    expect(owner?.scope).toEqual(boundary.scope);
    expect(await footprintOf(host, "chan")).toBeUndefined();
  });

  test("that would not go through anyway tells why, and is recorded as no rehearsal", async () => {
    const { host, id } = await start();
    const stale = { presented: { owner: "bea", generation: 1 }, failAt: "footprint" as const };
    expect(refusal(await handOn(host, id, "chan", stale))).toEqual({
      code: "PAR8303",
      variant: "OwnerTransfer.OwnerMismatch",
    });
    expect(refusal(await handOn(host, id, "chan", { bundle: "other", failAt: "receipt" }))).toMatchObject({
      code: "PAR8324",
    });
    const { refused } = must(await host.ownership(id));
    expect(refused.map(({ injected }) => injected)).toEqual([null, null]);
  });

  test("that was rehearsed is told in the audit of commands, and after the host is opened again", async () => {
    const fixture = await start();
    const { host, id, store } = fixture;
    await handOn(host, id, "chan", { failAt: "footprint" });
    const [told] = host.refusals().items;
    expect(told).toMatchObject({ command: "delegate", subject: id, code: "PAR8405" });
    expect(told?.detail).toContain("made to fail at its footprint");
    await host.close();
    const again = await hostFixture({ store, seed: linkedCatalogue });
    expect(must(await again.host.ownership(id)).refused).toMatchObject([{ injected: "footprint" }]);
  });

  test("of somebody else, of a foreign or unknown bundle, of another scope or boundary is refused by name, and its preview names every reason", async () => {
    const { host, id } = await start();
    const before = await standing(host, id);
    const tries: readonly (readonly [Partial<DelegateSession>, object])[] = [
      [
        { presented: { owner: "bea", generation: 1 } },
        { code: "PAR8303", variant: "OwnerTransfer.OwnerMismatch" },
      ],
      [
        { presented: { owner: "ada", generation: 7 } },
        { code: "PAR8305", variant: "OwnerTransfer.CapabilityMismatch" },
      ],
      [{ bundle: "nowhere" }, { code: "PAR8415", variant: "Reconfiguration.BundleNotRegistered" }],
      [
        { bundle: "other" },
        { code: "PAR8324", variant: "Reconfiguration.InvalidLinkBoundary.LinkBoundaryBundleMismatch" },
      ],
      [
        { scope: { kind: "session" } },
        { code: "PAR8325", variant: "Reconfiguration.InvalidLinkBoundary.LinkBoundaryScopeMismatch" },
      ],
      [
        {
          boundary: {
            bundle: "moving",
            protocols: [],
            fragments: ["bundle:unheard"],
            scope: { kind: "fragments", keys: ["bundle:unheard"] },
          },
        },
        { code: "PAR8322", variant: "Reconfiguration.InvalidLinkBoundary.BoundaryScopeRejected" },
      ],
      [{ to: "nobody" }, { code: "PAR7001", variant: "not-found" }],
    ];
    for (const [more, error] of tries) {
      const request = { ...(await ask(host, id, "chan")), ...more };
      const preview = must(await host.previewDelegation(id, request));
      expect(preview.allowed).toBe(false);
      expect(preview.refusals).toContainEqual(expect.objectContaining(error));
      expect(refusal(await host.delegateSession(operator, id, request))).toEqual(error);
    }
    expect(await standing(host, id)).toEqual(before);
    const all = must(
      await host.previewDelegation(id, {
        presented: { owner: "bea", generation: 3 },
        to: "nobody",
        bundle: "other",
        boundary: { bundle: "moving", protocols: [], fragments: [], scope: { kind: "session" } },
        scope: { kind: "fragments", keys: ["bundle:x"] },
      }),
    );
    expect(all.refusals.map(({ code }) => code)).toEqual([
      "PAR7001",
      "PAR8324",
      "PAR8325",
      "PAR8303",
      "PAR8324",
      "PAR8322",
    ]);
  });

  test("on a runtime without reconfiguration is refused; nothing but the audit says it was tried", async () => {
    const { host } = await hostFixture({ seed: linkedCatalogue });
    const opened = must(
      await host.openSession(operator, {
        protocol: "moving",
        seats,
        grant: "declared",
        clock: "manual",
        runtime: "no-reconfiguration",
      }),
    );
    const { id } = opened.session;
    expect(refusal(await handOn(host, id, "chan"))).toEqual({
      code: "PAR8411",
      variant: "Reconfiguration.MissingCapability",
    });
    expect(must(await host.ownership(id))).toMatchObject({ delegated: false, refusal: { code: "PAR8411" } });
  });

  test("whose upgrade has no overlap moves nothing, though the footprints had moved already", async () => {
    const { host, id } = await start();
    must(await host.seedBundle(operator, "moving", ["ada-phone"]));
    const before = await standing(host, id);
    const upgrade = {
      upgrade_id: "u-1",
      plan: { plan_id: "p-1", steps: [{ step_id: "s-1", next_members: ["chan-laptop"] }] },
      compatibility: {},
    };
    expect(refusal(await handOn(host, id, "chan", { upgrade }))).toEqual({
      code: "PAR8407",
      variant: "Reconfiguration.RuntimeUpgrade.InvalidRuntimeUpgrade",
    });
    expect(await standing(host, id)).toEqual(before);
  });

  test("from a what-if is refused", async () => {
    const { host, id } = await start();
    const fork = must(await host.fork(operator, id, { at: 0 }));
    const { head, refusal: why } = must(await host.ownership(fork.id));
    expect(why).toMatchObject({ code: "PAR7502" });
    const asked = {
      presented: { owner: "ada", generation: 1 },
      to: "chan",
      bundle: "moving",
      expectedHead: head,
    };
    expect(refusal(await host.delegateSession(operator, fork.id, asked))).toEqual({
      code: "PAR7502",
      variant: "fork-forbidden",
    });
  });

  test("is not to be had as a raw input", async () => {
    const { host, id } = await start();
    const raw = { expectedHead: 0, inputs: [{ kind: "delegate", detail: {} }] };
    expect(refusal(await host.inputs(operator, id, raw as never))).toMatchObject({ code: "PAR7012" });
  });
});
