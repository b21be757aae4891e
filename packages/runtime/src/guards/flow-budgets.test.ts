import { expect, test } from "vitest";
import { allottedIn, budgetView, spentIn } from "./budget.ts";
import {
  allotFlow,
  budgetFor,
  chargeFlow,
  cleanUpFlow,
  type FlowBudgets,
  flowBudgetsIn,
  getBudget,
  newFlowBudgets,
  removeFlow,
  removeFlowContext,
  replenishFlow,
  resetFlowEpoch,
  setFlowLimit,
} from "./flow-budgets.ts";

const bob = { context: "ctx:s", peer: "bob" };
const cyd = { context: "ctx:s", peer: "cyd" };
const far = { context: "ctx:t", peer: "bob" };

const done = (change: {
  readonly ok: boolean;
  readonly budgets?: FlowBudgets;
  readonly error?: unknown;
}): FlowBudgets => {
  if (change.budgets === undefined) throw new Error(JSON.stringify(change.error));
  return change.budgets;
};

const spent = (cost: number, pair = bob, from = newFlowBudgets()): FlowBudgets =>
  done(chargeFlow(from, pair, "phone", cost, true));

test("a new pair has 1000; once it is spent, one more names what was needed and left, and nothing costs nothing", () => {
  const budgets = spent(1_000);
  expect(chargeFlow(budgets, bob, "phone", 1, true)).toMatchObject({
    ok: false,
    error: { code: "PAR7630", context: "ctx:s", peer: "bob", needed: 1, available: 0 },
  });
  expect(chargeFlow(budgets, bob, "phone", 0, true)).toMatchObject({ ok: true, nonce: 1_000 });
});

test("asking for a budget creates none", () => {
  const budgets = newFlowBudgets();
  expect(getBudget(budgets, bob)).toBeUndefined();
  expect(budgetView(budgetFor(budgets, bob))).toEqual({ limit: 1_000, spent: 0, epoch: 0 });
  expect(flowBudgetsIn(budgets, "ctx:s")).toEqual([]);
});

test("pairs are charged apart from each other, and a context lists its own by peer", () => {
  const budgets = spent(3, far, spent(2, bob, spent(1, cyd)));
  expect(flowBudgetsIn(budgets, "ctx:s").map(({ peer, budget }) => [peer, spentIn(budget)])).toEqual([
    ["bob", 2],
    ["cyd", 1],
  ]);
});

test("only a budget that exists is replenished; a limit or an escrow makes one", () => {
  const budgets = newFlowBudgets();
  expect(replenishFlow(budgets, bob, 5)).toMatchObject({ error: { code: "PAR7631", kind: "no-budget" } });
  const limited = done(setFlowLimit(budgets, bob, 10));
  expect(budgetView(budgetFor(done(replenishFlow(limited, bob, 5)), bob)).limit).toBe(15);
  expect(allottedIn(budgetFor(done(allotFlow(budgets, bob, "phone", 7, true)), bob))).toBe(7);
});

test("a change that the budget refuses is named with the pair", () => {
  expect(setFlowLimit(spent(100), bob, 99)).toMatchObject({
    ok: false,
    error: { code: "PAR7632", peer: "bob", refusal: { kind: "limit-below-allotted" } },
  });
});

test("a later epoch starts every pair anew and an earlier one changes nothing", () => {
  const budgets = resetFlowEpoch(spent(5, far, spent(9)), 3);
  expect([...budgets.pairs.values()].map(({ budget }) => budgetView(budget))).toEqual([
    { limit: 1_000, spent: 0, epoch: 3 },
    { limit: 1_000, spent: 0, epoch: 3 },
  ]);
  expect(resetFlowEpoch(budgets, 3)).toBe(budgets);
  expect(budgetFor(budgets, cyd).epoch).toBe(3);
});

test("removing a pair forgives nothing it spent in the epoch, so it cannot be spent twice", () => {
  const removed = removeFlow(spent(900), bob);
  expect(getBudget(removed, bob)).toBeUndefined();
  expect(chargeFlow(removed, bob, "phone", 101, true)).toMatchObject({ error: { available: 100 } });
  expect(budgetView(budgetFor(done(chargeFlow(removed, bob, "phone", 100, true)), bob)).spent).toBe(1_000);
  expect(budgetView(budgetFor(resetFlowEpoch(removed, 1), bob))).toEqual({
    limit: 1_000,
    spent: 0,
    epoch: 1,
  });
});

test("a removed pair comes back with the default limit, or with what is in escrow when that is more", () => {
  const small = removeFlow(done(setFlowLimit(newFlowBudgets(), bob, 10)), bob);
  expect(budgetView(budgetFor(small, bob)).limit).toBe(1_000);
  const large = removeFlow(
    done(allotFlow(done(setFlowLimit(newFlowBudgets(), bob, 5_000)), bob, "phone", 3_000, true)),
    bob,
  );
  expect(budgetView(budgetFor(large, bob)).limit).toBe(3_000);
});

test("removing a context removes all its pairs and no other", () => {
  const budgets = removeFlowContext(spent(3, far, spent(2, cyd, spent(1))), "ctx:s");
  expect([...budgets.pairs.values()].map(({ context }) => context)).toEqual(["ctx:t"]);
});

test("cleaning up drops pairs whose epoch is past the window, and old accounts of those that stay", () => {
  const budgets = resetFlowEpoch(spent(7), 5);
  expect(cleanUpFlow(budgets, 5, 0).pairs.size).toBe(1);
  expect(spentIn(budgetFor(cleanUpFlow(budgets, 5, 5), bob), 0)).toBe(7);
  expect(spentIn(budgetFor(cleanUpFlow(budgets, 5, 0), bob), 0)).toBe(0);
  expect(cleanUpFlow(budgets, 8, 2).pairs.size).toBe(0);
});
