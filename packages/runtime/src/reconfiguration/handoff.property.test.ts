import type { OwnerCapability } from "@parley/wire";
import fc from "fast-check";
import { expect, test } from "vitest";
import { fullContracts, inventoryOf } from "../admission/capability-inventory.ts";
import {
  claimManifest,
  claimOwner,
  emptyFragments,
  emptyOwners,
  fragmentsOf,
  ownerOf,
} from "../ownership/index.ts";
import { coherenceViolations } from "./coherence.ts";
import { delegateActiveSession, type OwnedSessions, valueOwner } from "./delegate-active-session.ts";
import { type ReconfigurationManager, reconfigurationManager, recordNativeSession } from "./manager.ts";
import { delegationTransfer } from "./transfer.ts";

const people = ["ada", "bea", "chan"];
const sessions = ["s", "t"];
const manifest = { protocol_id: "p", link_specs: [{ bundle_id: "b", exports: ["x"], imports: [] }] };

const step = fc.record({
  session: fc.constantFrom(...sessions),
  from: fc.constantFrom(...people),
  to: fc.constantFrom(...people),
  /** Present what counts now, or what once counted. */
  stale: fc.boolean(),
  /** Where the handoff breaks, if it does. */
  fails: fc.constantFrom("no", "no", "clock", "disk", "surfaces"),
});

const start = (): { manager: ReconfigurationManager; held: OwnedSessions; seen: OwnerCapability[] } => {
  let manager = reconfigurationManager(inventoryOf(fullContracts), [manifest]);
  const held: OwnedSessions = { owners: emptyOwners, fragments: emptyFragments };
  const seen: OwnerCapability[] = [];
  for (const session of sessions) {
    const claimed = claimOwner(held.owners, session, "ada");
    const fragments = claimManifest(held.fragments, session, "ada", manifest);
    if (!claimed.ok || !fragments.ok) throw new Error("not claimed");
    held.owners = claimed.owners;
    held.fragments = fragments.fragments;
    seen.push(claimed.value);
    manager = recordNativeSession(manager, "ada", session);
  }
  return { manager, held, seen };
};

test("at every position a session has one active owner, whom registry, fragments and footprints agree on", () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
      const { held, seen, ...world } = start();
      let manager = world.manager;
      for (const { session, from, to, stale, fails } of steps) {
        const present = ownerOf(held.owners, session);
        const old = seen.find((one) => one.session === session && one.owner === from);
        const presented = stale ? old : present;
        if (presented === undefined || present === undefined) continue;
        const before = { ...held, footprints: manager.controller.footprints };
        const asked =
          fails === "surfaces"
            ? { ...manager, capabilities: new Map([["ownership_receipt", true]]) }
            : manager;
        const result = delegateActiveSession(
          asked,
          valueOwner(held, session),
          presented,
          delegationTransfer({ session, from: presented.owner, to, bundle: "b" }),
          {
            now: () => (fails === "clock" ? undefined : 1),
            defaultContext: (authority) => `home:${authority}`,
            persist: () => (fails === "disk" ? "full" : undefined),
          },
        );
        if (result.ok) {
          expect(fails).toBe("no");
          expect(presented).toEqual(present);
          manager = result.manager;
          const now = ownerOf(held.owners, session);
          expect(now).toMatchObject({ owner: to, generation: present.generation + 1 });
          if (now !== undefined) seen.push(now);
        } else {
          expect({ ...held, footprints: manager.controller.footprints }).toEqual(before);
        }
        expect(coherenceViolations(manager.controller.footprints)).toEqual([]);
        for (const id of sessions) {
          const owner = ownerOf(held.owners, id)?.owner;
          expect(fragmentsOf(held.fragments, id).map((one) => one.owner)).toEqual([owner]);
          const active = [...manager.controller.footprints].filter(
            ([, { native, delegatedIn }]) => native.includes(id) || delegatedIn.includes(id),
          );
          expect(active.map(([authority]) => authority)).toEqual([owner]);
        }
      }
    }),
    { numRuns: 300 },
  );
});
