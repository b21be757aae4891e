import { expect, test } from "vitest";
import { decideEffect, defaultPolicies, effectOf, fallbackTiming, timingCategory } from "./effect-policy.ts";
import { categoryEffect, categoryFor } from "./operation-category.ts";

const HOUR = 3_600_000;

test("a message is applied at once, an archived channel proposed, a contact added by ceremony", () => {
  expect(effectOf("send_message")).toEqual({ kind: "applyImmediate" });
  expect(effectOf("archive_channel")).toEqual({
    kind: "createProposal",
    approvers: [{ kind: "role", role: "admin" }],
    threshold: { kind: "any" },
    timeout: 86_400_000,
  });
  expect(effectOf("add_contact")).toEqual({ kind: "runCeremony", ceremony: "invitation" });
});

test.each([
  ["join_social_block", "admin", 48, "any"],
  ["delete_channel", "admin", 24, "unanimous"],
  ["transfer_channel_ownership", "owner", 168, "unanimous"],
])("%s asks every %s within %i hours, %s", (operation, role, hours, kind) => {
  expect(effectOf(operation)).toEqual({
    kind: "createProposal",
    approvers: [{ kind: "role", role }],
    threshold: { kind },
    timeout: hours * HOUR,
  });
});

test("the table names each of its operations once, and its level goes with its category", () => {
  const levels = { A: ["Low"], B: ["Medium", "High"], C: ["Critical"] };
  expect(defaultPolicies.size).toBe(31);
  for (const { timing, level } of defaultPolicies.values())
    expect(levels[timingCategory(timing)]).toContain(level);
});

test("a context's own timing goes before the table, the table before the level", () => {
  const overrides = new Map([["send_message", fallbackTiming("High")]]);
  expect(effectOf("send_message", overrides)).toMatchObject({ threshold: { kind: "unanimous" } });
  expect(effectOf("send_message", new Map(), "Critical")).toEqual({ kind: "applyImmediate" });
});

test("an operation nobody listed falls back by its level, and without one is not let through", () => {
  const levels = (["Low", "Medium", "High", "Critical"] as const).map((level) =>
    effectOf("paint_wall", new Map(), level),
  );
  expect(levels).toMatchObject([
    { kind: "applyImmediate" },
    { kind: "createProposal", threshold: { kind: "any" }, timeout: 24 * HOUR },
    { kind: "createProposal", threshold: { kind: "unanimous" }, timeout: 24 * HOUR },
    { kind: "runCeremony", ceremony: "invitation" },
  ]);
  expect(effectOf("paint_wall")).toEqual({
    code: "PAR7664",
    kind: "policy-not-found",
    operation: "paint_wall",
  });
});

test("category, timing and effect speak of the same three", () => {
  for (const { timing } of defaultPolicies.values()) {
    const effect = { local: "applyImmediate", proposal: "createProposal", ceremony: "runCeremony" };
    expect(decideEffect(timing).kind).toBe(effect[categoryEffect(timingCategory(timing))]);
  }
});

test("the category follows from keys, waiting and access", () => {
  const answers = { changesKeys: false, mustWait: false, affectsAccess: false };
  expect(categoryFor(answers)).toBe("A");
  expect(categoryFor({ ...answers, affectsAccess: true })).toBe("B");
  expect(categoryFor({ ...answers, changesKeys: true })).toBe("B");
  expect(categoryFor({ ...answers, changesKeys: true, mustWait: true })).toBe("C");
});
