import { expect, test } from "vitest";
import {
  allotBudget,
  allotmentHeadroom,
  allotmentOf,
  allottedIn,
  type Budget,
  budgetView,
  chargeBudget,
  forgetEpochs,
  limitBudget,
  newBudget,
  replenishBudget,
  spentIn,
  startEpoch,
} from "./budget.ts";
import { chargeView, headroom, joinView, rotateView } from "./budget-view.ts";

const done = (change: {
  readonly ok: boolean;
  readonly budget?: Budget;
  readonly refusal?: unknown;
}): Budget => {
  if (change.budget === undefined) throw new Error(JSON.stringify(change.refusal));
  return change.budget;
};

test("an exact charge leaves nothing, and one unit more is refused with what was needed and left", () => {
  const spent = done(chargeBudget(newBudget(100), "phone", 100, true));
  expect(budgetView(spent)).toEqual({ limit: 100, spent: 100, epoch: 0 });
  expect(allotmentHeadroom(allotmentOf(spent, "phone", true))).toBe(0);
  expect(chargeBudget(spent, "phone", 1, true)).toMatchObject({
    ok: false,
    refusal: { kind: "short", cost: 1, headroom: 0, limit: 100, spent: 100, reserved: 0 },
  });
  expect(chargeBudget(spent, "phone", 0, true)).toMatchObject({ ok: true, drawn: 0, nonce: 100 });
});

test("a device that reaches the others draws what its escrow lacks, in the same step", () => {
  const allotted = done(allotBudget(newBudget(100), "phone", 30, true));
  const charged = chargeBudget(allotted, "phone", 50, true);
  expect(charged).toMatchObject({ ok: true, drawn: 20, nonce: 50 });
  expect(allottedIn(done(charged))).toBe(50);
});

test("a device out of reach spends its escrow and no more; what is free is named", () => {
  const budget = done(allotBudget(newBudget(100), "phone", 30, true));
  const charged = done(chargeBudget(budget, "phone", 30, false));
  expect(spentIn(charged)).toBe(30);
  expect(chargeBudget(charged, "phone", 1, false)).toMatchObject({
    refusal: { kind: "allotment-short", device: "phone", cost: 1, left: 0, unallotted: 70 },
  });
});

test("what others hold in escrow cannot be drawn, and is named in the refusal", () => {
  const budget = done(allotBudget(newBudget(100), "laptop", 60, true));
  expect(chargeBudget(budget, "phone", 50, true)).toMatchObject({
    refusal: { kind: "short", headroom: 40, reserved: 60 },
  });
});

test("the limit is never set below what is in escrow, nor an escrow below what was spent of it", () => {
  const budget = done(chargeBudget(newBudget(100), "phone", 40, true));
  expect(limitBudget(budget, 39)).toMatchObject({ refusal: { kind: "limit-below-allotted", allotted: 40 } });
  expect(budgetView(done(limitBudget(budget, 40))).limit).toBe(40);
  expect(allotBudget(budget, "phone", 39, true)).toMatchObject({
    refusal: { kind: "allotment-below-spent", spent: 40 },
  });
});

test("escrow is given only out of what is free, and taken back only from a device that is reached", () => {
  const budget = done(allotBudget(newBudget(100), "phone", 60, true));
  expect(allotBudget(budget, "laptop", 41, true)).toMatchObject({
    refusal: { kind: "allotment-over-limit", free: 40 },
  });
  expect(allotBudget(budget, "phone", 10, false)).toMatchObject({ refusal: { kind: "allotment-unreached" } });
  expect(allottedIn(done(allotBudget(budget, "phone", 10, true)))).toBe(10);
});

test("replenishing raises the limit and forgives nothing that was spent", () => {
  const budget = done(chargeBudget(newBudget(100), "phone", 100, true));
  expect(budgetView(done(replenishBudget(budget, 50)))).toEqual({ limit: 150, spent: 100, epoch: 0 });
});

test("a new epoch starts with nothing spent and nothing in escrow; an earlier one is refused", () => {
  const budget = done(startEpoch(done(chargeBudget(newBudget(100), "phone", 100, true)), 1));
  expect([budgetView(budget), allottedIn(budget), spentIn(budget, 0)]).toEqual([
    { limit: 100, spent: 0, epoch: 1 },
    0,
    100,
  ]);
  expect(startEpoch(budget, 1)).toMatchObject({ refusal: { kind: "epoch-past", current: 1 } });
  expect(spentIn(forgetEpochs(budget, 1), 0)).toBe(0);
  expect(budgetView(forgetEpochs(budget, 9))).toEqual(budgetView(budget));
});

test.each([-1, 0.5, Number.NaN, 2 ** 53])("%d is no amount of anything", (amount) => {
  const budget = newBudget();
  for (const change of [
    chargeBudget(budget, "phone", amount, true),
    limitBudget(budget, amount),
    replenishBudget(budget, amount),
    allotBudget(budget, "phone", amount, true),
    startEpoch(budget, amount),
  ])
    expect(change).toMatchObject({ ok: false, refusal: { kind: "bad-amount" } });
});

test("a sum beyond what can be counted is an overflow, not a wrap", () => {
  const most = Number.MAX_SAFE_INTEGER;
  const budget = done(chargeBudget(newBudget(most), "phone", most, true));
  expect(chargeBudget(budget, "phone", 1, true)).toMatchObject({ refusal: { kind: "overflow" } });
  expect(chargeView({ limit: most, spent: most, epoch: 0 }, 1)).toEqual({
    ok: false,
    error: { kind: "overflow", spent: most, cost: 1 },
  });
});

test("a view charges exactly to its limit and joins as the reference does", () => {
  const charged = chargeView({ limit: 100, spent: 0, epoch: 0 }, 100);
  expect(charged).toEqual({ ok: true, view: { limit: 100, spent: 100, epoch: 0 } });
  expect(chargeView({ limit: 100, spent: 100, epoch: 0 }, 1)).toEqual({
    ok: false,
    error: { kind: "exhausted", cost: 1, remaining: 0 },
  });
  expect(joinView({ limit: 100, spent: 90, epoch: 1 }, { limit: 50, spent: 10, epoch: 2 })).toEqual({
    limit: 50,
    spent: 90,
    epoch: 2,
  });
  expect(headroom({ limit: 5, spent: 9, epoch: 0 })).toBe(0);
});

test("a view rotates only to a later epoch", () => {
  const view = { limit: 10, spent: 4, epoch: 2 };
  expect([rotateView(view, 2), rotateView(view, 3)]).toEqual([view, { limit: 10, spent: 0, epoch: 3 }]);
});
