import fc from "fast-check";
import { expect, test } from "vitest";
import {
  accountOf,
  allotBudget,
  allottedIn,
  type Budget,
  type BudgetChange,
  budgetView,
  chargeBudget,
  limitBudget,
  newBudget,
  replenishBudget,
  spentIn,
  startEpoch,
} from "./budget.ts";
import { type FlowBudgetView, joinView } from "./budget-view.ts";
import { mergeBudgets } from "./merge-budgets.ts";

/** Several devices, each with its own replica; device 0 keeps limit, escrow and epoch. */
interface World {
  readonly replicas: Budget[];
  /** Devices of one group reach each other. */
  group: readonly number[];
  readonly receipts: { readonly epoch: number; readonly cost: number }[];
}

type Op =
  | { readonly kind: "charge"; readonly device: number; readonly cost: number }
  | { readonly kind: "part"; readonly group: readonly number[] }
  | { readonly kind: "sync"; readonly a: number; readonly b: number }
  | { readonly kind: "allot"; readonly device: number; readonly amount: number }
  | { readonly kind: "limit"; readonly limit: number }
  | { readonly kind: "replenish"; readonly amount: number }
  | { readonly kind: "epoch"; readonly by: number };

const DEVICES = 4;
const device = fc.nat(DEVICES - 1);
const op: fc.Arbitrary<Op> = fc.oneof(
  { arbitrary: fc.record({ kind: fc.constant("charge"), device, cost: fc.nat(40) } as const), weight: 6 },
  fc.record({
    kind: fc.constant("part"),
    group: fc.array(fc.nat(2), { minLength: DEVICES, maxLength: DEVICES }),
  } as const),
  fc.record({ kind: fc.constant("sync"), a: device, b: device } as const),
  fc.record({ kind: fc.constant("allot"), device, amount: fc.nat(80) } as const),
  fc.record({ kind: fc.constant("limit"), limit: fc.nat(150) } as const),
  fc.record({ kind: fc.constant("replenish"), amount: fc.nat(30) } as const),
  fc.record({ kind: fc.constant("epoch"), by: fc.nat(2) } as const),
);

const at = (world: World, index: number): Budget => world.replicas[index] as Budget;
const reaches = (world: World, index: number): boolean => world.group[index] === world.group[0];

const sync = (world: World, a: number, b: number): void => {
  if (world.group[a] !== world.group[b]) return;
  const merged = mergeBudgets(at(world, a), at(world, b));
  world.replicas[a] = merged;
  world.replicas[b] = merged;
};

/** The keeper changes the budget together with the device concerned, when it reaches it. */
const keep = (world: World, index: number, change: (budget: Budget) => BudgetChange): void => {
  if (reaches(world, index)) sync(world, 0, index);
  const changed = change(at(world, 0));
  if (changed.ok) world.replicas[0] = changed.budget;
  if (reaches(world, index)) sync(world, 0, index);
};

const charge = (world: World, index: number, cost: number): void => {
  const within = reaches(world, index);
  // Drawing is one step of the device and the keeper together.
  if (within) sync(world, 0, index);
  const charged = chargeBudget(at(world, index), `d${index}`, cost, within);
  if (!charged.ok) return;
  world.replicas[index] = charged.budget;
  world.receipts.push({ epoch: charged.budget.epoch, cost });
  if (within && charged.drawn > 0) sync(world, 0, index);
};

const run = (world: World, step: Op): void => {
  switch (step.kind) {
    case "charge":
      charge(world, step.device, step.cost);
      break;
    case "part":
      world.group = step.group;
      break;
    case "sync":
      sync(world, step.a, step.b);
      break;
    case "allot":
      keep(world, step.device, (budget) =>
        allotBudget(budget, `d${step.device}`, step.amount, reaches(world, step.device)),
      );
      break;
    case "limit":
      keep(world, 0, (budget) => limitBudget(budget, step.limit));
      break;
    case "replenish":
      keep(world, 0, (budget) => replenishBudget(budget, step.amount));
      break;
    case "epoch":
      keep(world, 0, (budget) => startEpoch(budget, budget.epoch + step.by));
  }
};

const play = (ops: readonly Op[]): World => {
  const replicas = Array.from({ length: DEVICES }, () => newBudget(100));
  const world: World = { replicas, group: replicas.map(() => 0), receipts: [] };
  for (const step of ops) run(world, step);
  return world;
};

const healed = ({ replicas }: World): Budget => replicas.reduce(mergeBudgets);

const plays = fc.array(op, { maxLength: 60 });

test("the receipts of an epoch never sum above its limit, however devices are parted, charge and merge", () => {
  fc.assert(
    fc.property(plays, (ops) => {
      const world = play(ops);
      const whole = healed(world);
      for (const [epoch, account] of whole.accounts) {
        const paid = world.receipts
          .filter((one) => one.epoch === epoch)
          .reduce((sum, { cost }) => sum + cost, 0);
        expect(paid).toBeLessThanOrEqual(account.limit.amount);
        expect(spentIn(whole, epoch)).toBe(paid);
        expect(allottedIn(whole, epoch)).toBeLessThanOrEqual(account.limit.amount);
        for (const [one, spent] of account.spent)
          expect(spent).toBeLessThanOrEqual(account.allotted.get(one)?.amount ?? 0);
      }
    }),
    { numRuns: 400 },
  );
});

test("the model of parted devices does charge in several epochs, under escrow and by drawing", () => {
  const seen = { epochs: 0, parted: 0, refused: 0 };
  fc.assert(
    fc.property(plays, (ops) => {
      const world = play(ops);
      if (new Set(world.receipts.map(({ epoch }) => epoch)).size > 1) seen.epochs += 1;
      if (ops.filter(({ kind }) => kind === "charge").length > world.receipts.length) seen.refused += 1;
      if (new Set(world.group).size > 1 && world.receipts.length > 3) seen.parted += 1;
    }),
    { numRuns: 200, seed: 6 },
  );
  expect(Math.min(seen.epochs, seen.parted, seen.refused)).toBeGreaterThan(10);
});

/** Compares by content: merging keeps no order of keys. */
const plain = (budget: Budget): unknown => [
  budget.epoch,
  [...budget.accounts]
    .sort(([a], [b]) => a - b)
    .map(([epoch, { limit, allotted, spent }]) => [
      epoch,
      limit,
      [...allotted].sort(([a], [b]) => (a < b ? -1 : 1)),
      [...spent].sort(([a], [b]) => (a < b ? -1 : 1)),
    ]),
];

const kept = fc.record({ amount: fc.nat(50), version: fc.nat(3) });
const devices = fc.constantFrom("a", "b", "c");
const anyBudget: fc.Arbitrary<Budget> = fc
  .uniqueArray(
    fc.tuple(
      fc.nat(3),
      fc.record({
        limit: kept,
        allotted: fc.array(fc.tuple(devices, kept), { maxLength: 4 }).map((list) => new Map(list)),
        spent: fc.array(fc.tuple(devices, fc.nat(50)), { maxLength: 4 }).map((list) => new Map(list)),
      }),
    ),
    { minLength: 1, selector: ([epoch]) => epoch },
  )
  .map((accounts) => ({
    epoch: Math.max(...accounts.map(([epoch]) => epoch)),
    accounts: new Map(accounts),
  }));

test("merging replicas is commutative, associative and idempotent, over any states", () => {
  fc.assert(
    fc.property(anyBudget, anyBudget, anyBudget, (a, b, c) => {
      expect(plain(mergeBudgets(a, b))).toEqual(plain(mergeBudgets(b, a)));
      expect(plain(mergeBudgets(mergeBudgets(a, b), c))).toEqual(plain(mergeBudgets(a, mergeBudgets(b, c))));
      expect(plain(mergeBudgets(a, a))).toEqual(plain(a));
    }),
  );
});

test("what a device has spent never decreases by merging, and the whole is at least any single replica", () => {
  fc.assert(
    fc.property(anyBudget, anyBudget, (a, b) => {
      const merged = mergeBudgets(a, b);
      for (const side of [a, b])
        for (const [epoch, { spent }] of side.accounts) {
          expect(spentIn(merged, epoch)).toBeGreaterThanOrEqual(spentIn(side, epoch));
          for (const [one, amount] of spent)
            expect(accountOf(merged, epoch).spent.get(one)).toBeGreaterThanOrEqual(amount);
        }
    }),
  );
});

const view: fc.Arbitrary<FlowBudgetView> = fc.record({
  limit: fc.nat(9),
  spent: fc.nat(9),
  epoch: fc.nat(3),
});

test("the reference's join of views is a semilattice in which limits fall and spending rises", () => {
  fc.assert(
    fc.property(view, view, view, (a, b, c) => {
      expect(joinView(a, b)).toEqual(joinView(b, a));
      expect(joinView(joinView(a, b), c)).toEqual(joinView(a, joinView(b, c)));
      expect(joinView(a, a)).toEqual(a);
      expect(joinView(a, b).limit).toBeLessThanOrEqual(a.limit);
      expect(joinView(a, b).spent).toBeGreaterThanOrEqual(a.spent);
    }),
  );
});

test("replicas that merged everything show one view", () => {
  fc.assert(
    fc.property(plays, (ops) => {
      const { replicas } = play(ops);
      const there = [...replicas].reduce(mergeBudgets);
      const back = [...replicas].reverse().reduce(mergeBudgets);
      expect(budgetView(there)).toEqual(budgetView(back));
    }),
  );
});
