import fc from "fast-check";
import { expect, test } from "vitest";
import { allotBudget, allotmentOf, type Budget, budgetView, chargeBudget, newBudget } from "./budget.ts";
import { evaluateGuards } from "./evaluate-guards.ts";
import type { GuardRequest, GuardSnapshot } from "./guard-snapshot.ts";
import { noLeakage } from "./observer-class.ts";
import { reviewVerdict } from "./review-verdict.ts";

const amount = fc.nat(4);
const leakage = fc.record({ external: amount, neighbor: amount, inGroup: amount });
const names = fc.subarray(["amp:send", "amp:receive", "chat:message:send"]);
const anySnapshot: fc.Arbitrary<GuardSnapshot> = fc.record(
  {
    capabilities: names,
    flowBudget: fc.record({ limit: fc.nat(20), spent: fc.nat(20), epoch: fc.nat(2) }),
    leakage: fc.record({ limits: leakage, consumed: leakage }),
    decisions: fc.constantFrom({ op: "allow" } as const, { op: "deny" } as const, {}),
  },
  { requiredKeys: ["capabilities"] },
);
const anyRequest: fc.Arbitrary<GuardRequest> = fc
  .record({
    capabilities: names,
    cost: fc.nat(8),
    facts: fc.subarray(["sent", "noted"]),
    leakage: fc.oneof(fc.constant(noLeakage), leakage),
    operation: fc.option(fc.constant("op"), { nil: undefined }),
  })
  .map(({ operation, ...rest }) => ({
    ...rest,
    malformed: [],
    context: "c",
    authority: "a",
    peer: "b",
    ...(operation === undefined ? {} : { operation }),
  }));

test("a denied request has no effects; an allowed one that costs anything charges first", () => {
  const seen = { allowed: 0, denied: 0 };
  fc.assert(
    fc.property(anySnapshot, anyRequest, (snapshot, request) => {
      const outcome = evaluateGuards(snapshot, request);
      seen[outcome.allow ? "allowed" : "denied"] += 1;
      expect(outcome.verdicts.every(({ allow }) => allow)).toBe(outcome.allow);
      if (!outcome.allow) expect(outcome.effects).toEqual([]);
      else if (request.cost > 0)
        expect(outcome.effects[0]).toMatchObject({ kind: "chargeBudget", amount: request.cost });
    }),
    { numRuns: 500, seed: 5 },
  );
  expect(Math.min(seen.allowed, seen.denied)).toBeGreaterThan(5);
});

/** Every snapshot with one input that the request needs taken away. */
const poorer = (snapshot: GuardSnapshot, request: GuardRequest): readonly GuardSnapshot[] => {
  const { flowBudget: _budget, ...unpaid } = snapshot;
  const { leakage: _leakage, ...unmeasured } = snapshot;
  const { decisions: _decisions, ...undecided } = snapshot;
  return [
    ...request.capabilities.map((gone) => ({
      ...snapshot,
      capabilities: snapshot.capabilities.filter((one) => one !== gone),
    })),
    ...(request.cost > 0 || request.operation !== undefined ? [unpaid] : []),
    ...(Object.values(request.leakage).some((one) => one > 0) ? [unmeasured] : []),
    ...(request.operation === undefined ? [] : [undecided]),
  ];
};

test("taking away any input that an allowed request needs turns it to a denial", () => {
  const full: GuardSnapshot = {
    capabilities: ["amp:send", "amp:receive", "chat:message:send"],
    flowBudget: { limit: 20, spent: 0, epoch: 0 },
    leakage: { limits: { external: 4, neighbor: 4, inGroup: 4 }, consumed: noLeakage },
    decisions: { op: "allow" },
  };
  fc.assert(
    fc.property(anyRequest, (request) => {
      expect(evaluateGuards(full, request).allow).toBe(true);
      for (const snapshot of poorer(full, request))
        expect(evaluateGuards(snapshot, request).allow).toBe(false);
    }),
  );
});

/** A budget of 50 with an escrow of device `d`, of which some was spent. */
const budgetWith = (escrow: number, spent: number): Budget => {
  const allotted = allotBudget(newBudget(50), "d", Math.min(escrow, 50), true);
  const start = allotted.ok ? allotted.budget : newBudget(50);
  const charged = chargeBudget(start, "d", Math.min(spent, 50), true);
  return charged.ok ? charged.budget : start;
};

test("what the flow guard allows, the budget charges, and what it denies, the budget refuses", () => {
  fc.assert(
    fc.property(fc.nat(60), fc.nat(60), fc.nat(60), fc.boolean(), (escrow, spent, cost, reaches) => {
      const budget = budgetWith(escrow, spent);
      const outcome = evaluateGuards(
        { capabilities: [], flowBudget: budgetView(budget), allotment: allotmentOf(budget, "d", reaches) },
        {
          capabilities: [],
          cost,
          facts: [],
          leakage: noLeakage,
          malformed: [],
          context: "c",
          authority: "a",
          peer: "b",
        },
      );
      expect(outcome.allow).toBe(chargeBudget(budget, "d", cost, reaches).ok);
    }),
  );
});

test("an audit derives the verdicts again from what they read, and finds every alteration", () => {
  fc.assert(
    fc.property(anySnapshot, anyRequest, (snapshot, request) => {
      const { verdicts } = evaluateGuards(snapshot, request);
      expect(reviewVerdict(snapshot, request, verdicts)).toEqual([]);
      for (const [index, verdict] of verdicts.entries())
        for (const altered of [
          { ...verdict, allow: !verdict.allow },
          { ...verdict, subject: `${verdict.subject}?` },
          { ...verdict, read: { token: 9 } },
        ])
          expect(
            reviewVerdict(snapshot, request, verdicts.with(index, altered)).map((found) => found.index),
          ).toEqual([index]);
      if (verdicts.length > 0)
        expect(reviewVerdict(snapshot, request, verdicts.slice(1)).length).toBeGreaterThan(0);
    }),
  );
});
