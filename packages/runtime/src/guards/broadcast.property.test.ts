import fc from "fast-check";
import { expect, test } from "vitest";
import { allotBudget, allotmentOf, type Budget, budgetView, chargeBudget, newBudget } from "./budget.ts";
import { denialText } from "./denial.ts";
import { evaluateGuards } from "./evaluate-guards.ts";
import type { GuardRequest, GuardSnapshot } from "./guard-snapshot.ts";
import type { Leg } from "./leg.ts";
import { addLeakage, noLeakage } from "./observer-class.ts";

const device = "ada-phone";
const peers = ["bea", "cy", "dan"] as const;
const limits = { external: 3, neighbor: 3, inGroup: 3 };

/** What the sender's authority has: a budget a peer, of which some is in escrow, what leaked, what is admitted. */
interface World {
  budgets: { readonly [peer: string]: Budget };
  leaked: typeof limits;
  readonly capabilities: readonly string[];
  readonly reaches: boolean;
}

interface Asked {
  readonly peer: string;
  readonly cost: number;
  readonly external: number;
  readonly capability: string | undefined;
}

const budget = fc
  .record({ limit: fc.nat(24), own: fc.nat(24), others: fc.nat(24) })
  .map(({ limit, own, others }) => {
    let made = newBudget(limit);
    for (const [who, amount] of [
      [device, own],
      ["ada-laptop", others],
    ] as const) {
      const put = allotBudget(made, who, amount, true);
      if (put.ok) made = put.budget;
    }
    return made;
  });

const world: fc.Arbitrary<World> = fc.record({
  budgets: fc.record({ bea: budget, cy: budget, dan: budget }),
  leaked: fc.record({ external: fc.nat(2), neighbor: fc.nat(2), inGroup: fc.nat(2) }),
  capabilities: fc.subarray(["amp:send"], { minLength: 0 }),
  reaches: fc.boolean(),
});

const asked: fc.Arbitrary<Asked> = fc.record({
  peer: fc.constantFrom(...peers),
  cost: fc.nat(9),
  external: fc.constantFrom(0, 0, 0, 1),
  capability: fc.constantFrom(undefined, undefined, undefined, "amp:send"),
});

const requestOf = ({ peer, cost, external, capability }: Asked): GuardRequest => ({
  capabilities: capability === undefined ? [] : [capability],
  cost,
  facts: [],
  leakage: { ...noLeakage, external },
  malformed: [],
  context: "ctx:s",
  authority: "ada",
  device,
  peer,
});

const snapshotOf = ({ budgets, leaked, capabilities, reaches }: World, peer: string): GuardSnapshot => {
  const one = budgets[peer] ?? newBudget(0);
  return {
    capabilities,
    flowBudget: budgetView(one),
    allotment: allotmentOf(one, device, reaches),
    leakage: { limits, consumed: leaked },
    versions: { flow: { [`budget:ctx:s:${peer}`]: 1 }, leakage: { "leakage:ctx:s": 2 } },
  };
};

/** Judges one leg and takes what it costs; whether it was allowed. */
const send = (state: World, one: Asked, later: readonly Leg[] = []): boolean => {
  const { allow } = evaluateGuards(snapshotOf(state, one.peer), requestOf(one), later);
  if (!allow) return false;
  const paid = chargeBudget(state.budgets[one.peer] ?? newBudget(0), device, one.cost, state.reaches);
  if (!paid.ok) throw new Error(`allowed and not payable: ${paid.refusal.kind}`);
  state.budgets = { ...state.budgets, [one.peer]: paid.budget };
  state.leaked = addLeakage(state.leaked, requestOf(one).leakage);
  return true;
};

const laterOf = (state: World, legs: readonly Asked[]): readonly Leg[] =>
  legs.map((one, index) => ({
    edgeId: `2#${index + 1}`,
    to: `F[${index + 1}]`,
    snapshot: snapshotOf(state, one.peer),
    request: requestOf(one),
  }));

test("with random budgets a broadcast sends all its legs or none", () => {
  const seen = { all: 0, none: 0, alone: 0 };
  fc.assert(
    fc.property(world, fc.array(asked, { minLength: 2, maxLength: 6 }), (start, legs) => {
      const state = { ...start };
      const [first, ...rest] = legs;
      if (first === undefined) return;
      const later = laterOf(state, rest);
      if (!send(state, first, later)) {
        // It is denied for a reason: sent one after the other, some leg would have been.
        const oneByOne = { ...start };
        const allowed = legs.map((one) => send(oneByOne, one));
        expect(allowed).toContain(false);
        seen.none += 1;
        if (allowed[0] === true) seen.alone += 1;
        expect(state).toEqual(start);
        return;
      }
      seen.all += 1;
      expect(rest.map((one) => send(state, one))).toEqual(rest.map(() => true));
    }),
    { numRuns: 600, seed: 11 },
  );
  // Some were denied whose first leg alone would have gone out: what was paid for halfway before.
  expect(Math.min(seen.all, seen.none, seen.alone)).toBeGreaterThan(20);
});

test("the denial names the leg that is short and what it and those before it need; nothing is charged", () => {
  const state: World = {
    budgets: { bea: newBudget(100), cy: newBudget(30), dan: newBudget(0) },
    leaked: noLeakage,
    capabilities: [],
    reaches: true,
  };
  const leg = (peer: string, cost: number): Asked => ({ peer, cost, external: 0, capability: undefined });
  const judge = (first: Asked, rest: readonly Asked[]) =>
    evaluateGuards(snapshotOf(state, first.peer), requestOf(first), laterOf(state, rest));

  const shared = judge(leg("bea", 40), [leg("cy", 30), leg("bea", 40), leg("bea", 40)]);
  expect(shared).toMatchObject({
    allow: false,
    effects: [],
    denial: {
      code: "PAR7623",
      leg: 4,
      legs: 4,
      edgeId: "2#3",
      to: "F[3]",
      peer: "bea",
      denial: { code: "PAR7614", cost: 120, headroom: 100 },
    },
    legs: {
      count: 4,
      budgets: [
        { peer: "bea", legs: 3, needs: 120, left: 100 },
        { peer: "cy", legs: 1, needs: 30, left: 30 },
      ],
      short: "2#3",
    },
  });
  // One verdict, of the guard that denied, which read every budget of the broadcast.
  expect(shared.verdicts).toEqual([
    {
      guard: "flow",
      allow: false,
      subject: "40",
      reason: shared.allow || shared.denial === undefined ? "" : denialText(shared.denial),
      read: { "budget:ctx:s:bea": 1, "budget:ctx:s:cy": 1 },
      before: 100,
      after: 100,
    },
  ]);
  expect(judge(leg("bea", 40), [leg("dan", 1)])).toMatchObject({ denial: { leg: 2, peer: "dan" } });
  // Its own lack is its own denial.
  const own = judge(leg("cy", 31), [leg("bea", 40)]);
  expect(own).toMatchObject({ denial: { code: "PAR7614", cost: 31 }, legs: { count: 2 } });
  expect(own.legs?.short).toBeUndefined();

  const paid = judge(leg("bea", 40), [leg("cy", 30), leg("bea", 60)]);
  expect(paid).toMatchObject({
    allow: true,
    // The first leg pays for itself only.
    effects: [{ kind: "chargeBudget", peer: "bea", amount: 40 }],
    verdicts: [{ guard: "flow", before: 100, after: 60 }],
  });
  expect(judge(leg("bea", 40), []).legs).toBeUndefined();
});

test("legs that tell the same observers are counted together, and each needs its own capabilities", () => {
  const state: World = {
    budgets: { bea: newBudget(9), cy: newBudget(9), dan: newBudget(9) },
    leaked: { external: 1, neighbor: 0, inGroup: 0 },
    capabilities: [],
    reaches: true,
  };
  const leg = (peer: string, external: number, capability?: string): Asked => ({
    peer,
    cost: 1,
    external,
    capability,
  });
  const judge = (first: Asked, ...rest: readonly Asked[]) =>
    evaluateGuards(snapshotOf(state, first.peer), requestOf(first), laterOf(state, rest));
  expect(judge(leg("bea", 1), leg("cy", 1)).allow).toBe(true);
  expect(judge(leg("bea", 1), leg("cy", 1), leg("dan", 1))).toMatchObject({
    denial: { leg: 3, denial: { code: "PAR7618", consumed: 3, limit: 3 } },
    verdicts: [
      { guard: "flow", allow: true },
      { guard: "leakage", allow: false },
    ],
  });
  expect(judge(leg("bea", 0), leg("cy", 0, "amp:send"))).toMatchObject({
    denial: { leg: 2, to: "F[1]", denial: { code: "PAR7610" } },
    verdicts: [{ guard: "capability", allow: false }],
    // Nobody was asked to pay.
    legs: { count: 2, budgets: [], short: "2#1" },
  });
});
