import { expect, test } from "vitest";
import {
  leakageState,
  limitLeakage,
  newLeakageBudget,
  recordLeakage,
  resetLeakage,
} from "./leakage-budget.ts";
import { addLeakage, exceededClass, noLeakage, observerClass } from "./observer-class.ts";

const external = (amount: number) => ({ ...noLeakage, external: amount });

test("what leaked is summed by observer class", () => {
  const budget = [external(5), external(7), { ...noLeakage, inGroup: 1 }].reduce(
    (sum, amount, i) => recordLeakage(sum, amount, i * 1_000),
    newLeakageBudget(),
  );
  expect(leakageState(budget, 3_000).consumed).toEqual({ external: 12, neighbor: 0, inGroup: 1 });
});

test("an event leaves the window with its minute, and the state says when", () => {
  const budget = recordLeakage(newLeakageBudget(external(9), 600_000), external(4), 90_000);
  const { freeAt = 0 } = leakageState(budget, 90_000);
  expect(freeAt).toBe(120_000 + 600_000);
  expect(leakageState(budget, freeAt - 1).consumed.external).toBe(4);
  expect(leakageState(budget, freeAt)).toEqual({ limits: external(9), consumed: noLeakage });
});

test("an event counts for the whole of its window at least", () => {
  for (const at of [0, 1, 59_999, 60_000, 61_234]) {
    const budget = recordLeakage(newLeakageBudget(external(9), 600_000), external(1), at);
    expect(leakageState(budget, at + 600_000).consumed.external).toBe(1);
  }
});

test("a day of sends is kept as so many minutes, not so many events", () => {
  let budget = newLeakageBudget();
  for (let at = 0; at < 3 * 86_400_000; at += 7_000_000) budget = recordLeakage(budget, external(1), at);
  for (let i = 0; i < 100; i++) budget = recordLeakage(budget, external(1), 3 * 86_400_000);
  expect(budget.minutes.size).toBeLessThan(20);
});

test("a reset forgets what leaked and keeps the limits; new limits keep what leaked", () => {
  const budget = limitLeakage(recordLeakage(newLeakageBudget(), external(5), 0), external(8));
  expect(leakageState(budget, 0)).toMatchObject({ limits: external(8), consumed: external(5) });
  expect(resetLeakage(budget, 50)).toMatchObject({ limits: external(8), resetAt: 50 });
  expect(leakageState(resetLeakage(budget, 50), 50).consumed).toEqual(noLeakage);
});

test.each([
  ["External", "external"],
  ["neighbor", "neighbor"],
  [" InGroup ", "inGroup"],
  ["in_group", "inGroup"],
  ["custody", "external"],
  ["neighbor:1", "external"],
])("the observer %s is of the class %s", (name, expected) => {
  expect(observerClass(name)).toBe(expected);
});

test("amounts add class by class, and exactly the limit is still within it", () => {
  expect(addLeakage({ external: 1, neighbor: 2, inGroup: 3 }, external(4))).toEqual({
    external: 5,
    neighbor: 2,
    inGroup: 3,
  });
  expect(exceededClass(external(5), external(5), external(10))).toBeUndefined();
  expect(exceededClass(external(5), external(6), external(10))).toBe("external");
});

test("a class that nothing leaks to is never what a send is denied for", () => {
  expect(
    exceededClass(external(99), { ...noLeakage, neighbor: 1 }, { external: 1, neighbor: 1, inGroup: 0 }),
  ).toBeUndefined();
});
