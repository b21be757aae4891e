import { describe, expect, test } from "vitest";
import { fresh, full, none, ports, toBea, upgrade } from "../testing/sample-handoff.ts";
import { delegateSession } from "./delegate-session.ts";
import { executeRuntimeUpgrade, seedRuntimeUpgrade } from "./manager.ts";
import { managerErrorText } from "./manager-error.ts";

describe("a runtime upgrade", () => {
  const seeded = () => {
    const result = seedRuntimeUpgrade(fresh(), "device_migration", ["node-b", "node-a", "node-a"]);
    if (!result.ok) throw new Error("not seeded");
    expect(result.value).toEqual({ epoch: 0, active_members: ["node-a", "node-b"], history: [] });
    return result.manager;
  };

  test("is staged, admitted and cut over; the last step's members are active", () => {
    const result = executeRuntimeUpgrade(seeded(), "device_migration", upgrade());
    if (!result.ok) throw new Error(managerErrorText(result.error));
    expect(result.value.artifacts.map(({ phase }) => phase)).toEqual([
      "staged",
      "admitted",
      "committed_cutover",
    ]);
    expect(result.manager.controller.upgrades.get("device_migration")).toMatchObject({
      epoch: 1,
      active_members: ["node-b", "node-c"],
    });
  });

  test.each([
    ["no steps", { plan: { plan_id: "p", steps: [] } }],
    ["a publication twice", { carried_publication_ids: ["x"], invalidated_publication_ids: ["x"] }],
    ["an obligation twice", { carried_obligation_ids: ["x"], invalidated_obligation_ids: ["x"] }],
    [
      "no overlap",
      { plan: { plan_id: "p", steps: [{ step_id: "one", next_members: ["node-z"], placements: [] }] } },
    ],
    [
      "blocked effects without obligations",
      {
        compatibility: {
          ...upgrade().compatibility,
          pending_effect_treatment: "invalidate_blocked" as const,
        },
      },
    ],
    ["an invalidated publication", { invalidated_publication_ids: ["x"] }],
    [
      "an empty step",
      {
        plan: {
          plan_id: "p",
          steps: [
            { step_id: "one", next_members: ["node-a"], placements: [] },
            { step_id: "two", next_members: [], placements: [] },
          ],
        },
      },
    ],
  ] as const)("with %s fails, is recorded and leaves the members", (_name, over) => {
    const result = executeRuntimeUpgrade(seeded(), "device_migration", upgrade(over));
    if (result.ok) throw new Error("was not refused");
    expect(result.error).toMatchObject({
      variant: "RuntimeUpgrade",
      source: { variant: "InvalidRuntimeUpgrade" },
    });
    const kept = result.manager.controller.upgrades.get("device_migration");
    expect(kept).toMatchObject({ epoch: 1, active_members: ["node-a", "node-b"] });
    expect(kept?.history[0]?.artifacts.map(({ phase }) => phase)).toEqual(["staged", "failed"]);
  });

  test("before it is seeded, or of nobody, is refused and not recorded", () => {
    const result = executeRuntimeUpgrade(fresh(), "device_migration", upgrade());
    if (result.ok) throw new Error("was not refused");
    expect(result.manager.controller.upgrades.get("device_migration")?.epoch).toBe(0);
    expect(seedRuntimeUpgrade(fresh(), "device_migration", []).ok).toBe(false);
    expect(seedRuntimeUpgrade(fresh(), "nope", ["a"]).ok).toBe(false);
    expect(executeRuntimeUpgrade(fresh(none), "device_migration", upgrade())).toMatchObject({
      error: { variant: "MissingCapability", operation: "runtime upgrade" },
    });
  });

  test("goes with a delegation, records nothing when it fails there, and is left out by a backend without upgrades", () => {
    const manager = seeded();
    const together = delegateSession(manager, { ...toBea, upgrade: upgrade() }, ports());
    expect(together).toMatchObject({
      ok: true,
      witness: { upgradeExecution: { upgrade_id: "u1" }, upgradeSnapshot: { epoch: 1 } },
    });
    const failed = delegateSession(
      manager,
      { ...toBea, upgrade: upgrade({ plan: { plan_id: "p", steps: [] } }) },
      ports(),
    );
    expect(failed.ok).toBe(false);
    expect(manager.controller.upgrades.get("device_migration")?.epoch).toBe(0);
    const plain = delegateSession(fresh(full, false), { ...toBea, upgrade: upgrade() }, ports());
    if (!plain.ok) throw new Error("was refused");
    expect(plain.witness.upgradeExecution).toBeUndefined();
  });
});
