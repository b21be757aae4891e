import { executeUpgrade } from "@parley/runtime/reconfiguration";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { initialUpgrade, type UpgradeForm, upgradeOf } from "./upgrade-form.ts";
import { upgradeRules } from "./upgrade-rules.ts";

const ids = fc.subarray(["a", "b"]).map((list) => list.join(", "));
const people = fc.subarray(["ada", "bea", "chan"]);
const forms: fc.Arbitrary<UpgradeForm> = fc.record({
  id: fc.constant("u"),
  steps: fc
    .array(people, { maxLength: 3 })
    .map((steps) => steps.map((members, at) => ({ id: `s${at}`, members: new Set(members) }))),
  continuity: fc.boolean(),
  pending: fc.constantFrom("preserve_pending" as const, "invalidate_blocked" as const),
  publication: fc.constantFrom("preserve_canonical_truth" as const, "reissue_canonical_truth" as const),
  constraint: fc.constant("preserve_bundle_profile" as const),
  carriedPublications: ids,
  invalidatedPublications: ids,
  carriedObligations: ids,
  invalidatedObligations: ids,
});

describe("the rules of upgrades as they are shown", () => {
  test("an upgrade is shown to keep all of them exactly when the runtime makes it", () => {
    fc.assert(
      fc.property(people, forms, (members, form) => {
        const request = upgradeOf(form);
        const shown = upgradeRules(members, request).every(({ ok }) => ok);
        const made = executeUpgrade("b", { epoch: 0, active_members: members, history: [] }, request);
        expect(shown).toBe(made.reason === undefined);
      }),
    );
  });

  test("what is first proposed keeps the members and every rule", () => {
    const request = upgradeOf(initialUpgrade(["ada", "bea"], 4));
    expect(request.upgrade_id).toBe("upgrade-5");
    expect(upgradeRules(["ada", "bea"], request).filter(({ ok }) => !ok)).toEqual([]);
  });

  test("a broken rule says what to do", () => {
    const form = { ...initialUpgrade(["ada"], 0), steps: [{ id: "s", members: new Set(["bea"]) }] };
    const [broken] = upgradeRules(["ada"], upgradeOf(form)).filter(({ ok }) => !ok);
    expect(broken?.why).toContain("Keep one of ada");
  });
});
