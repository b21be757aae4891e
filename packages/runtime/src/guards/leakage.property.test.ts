import type { Leakage } from "@parley/wire";
import fc from "fast-check";
import { expect, test } from "vitest";
import { evaluateGuards } from "./evaluate-guards.ts";
import { type LeakageBudget, leakageState, newLeakageBudget, recordLeakage } from "./leakage-budget.ts";
import { observerClasses } from "./observer-class.ts";

const WINDOW = 600_000;
const limits: Leakage = { external: 3, neighbor: 2, inGroup: 1 };
const unit = fc.nat(1);
const sends = fc.array(
  fc.record({
    wait: fc.nat(200_000),
    leakage: fc.record({ external: unit, neighbor: unit, inGroup: unit }),
  }),
  { maxLength: 40 },
);

interface Sent {
  readonly at: number;
  readonly leakage: Leakage;
}

/** Sends one after another; what the guard allows is recorded. */
const play = (asked: readonly { readonly wait: number; readonly leakage: Leakage }[]): readonly Sent[] => {
  const sent: Sent[] = [];
  let budget: LeakageBudget = newLeakageBudget(limits, WINDOW);
  let at = 0;
  for (const { wait, leakage } of asked) {
    at += wait;
    const outcome = evaluateGuards(
      { capabilities: [], leakage: leakageState(budget, at), now: at },
      {
        capabilities: [],
        cost: 0,
        facts: [],
        leakage,
        malformed: [],
        context: "c",
        authority: "a",
        peer: "b",
      },
    );
    if (!outcome.allow) continue;
    sent.push({ at, leakage });
    budget = recordLeakage(budget, leakage, at);
  }
  return sent;
};

test("no window, wherever it begins, lets a class of observers learn more than its limit", () => {
  const refused = { some: 0 };
  fc.assert(
    fc.property(sends, (asked) => {
      const sent = play(asked);
      if (sent.length < asked.length) refused.some += 1;
      for (const { at: from } of sent) {
        const inside = sent.filter(({ at }) => at >= from && at < from + WINDOW);
        for (const one of observerClasses)
          expect(inside.reduce((sum, { leakage }) => sum + leakage[one], 0)).toBeLessThanOrEqual(limits[one]);
      }
    }),
    { seed: 11, numRuns: 200 },
  );
  expect(refused.some).toBeGreaterThan(20);
});
