import {
  allotBudget,
  allottedIn,
  type Budget,
  type BudgetChange,
  type BudgetRefusal,
  chargeBudget,
  DEFAULT_LIMIT,
  forgetEpochs,
  limitBudget,
  newBudget,
  replenishBudget,
  startEpoch,
} from "./budget.ts";

/** Which budget of an authority: towards a peer, in a context. */
export interface BudgetPair {
  readonly context: string;
  readonly peer: string;
}

/** A budget with the pair it belongs to. */
export interface PairBudget extends BudgetPair {
  readonly budget: Budget;
}

/**
 * All flow budgets of one authority, as a value: the FlowBudgetManager of
 * spec/aura-runtime.md §16. A pair nobody named has the default limit.
 */
export interface FlowBudgets {
  readonly defaultLimit: number;
  readonly epoch: number;
  readonly pairs: ReadonlyMap<string, PairBudget>;
  /** Removed in this epoch: what they spent still counts should the pair come back. */
  readonly removed: ReadonlyMap<string, PairBudget>;
}

/** Why a manager did not do what it was asked; the budgets are as they were. */
export type FlowBudgetError = BudgetPair &
  (
    | {
        readonly code: "PAR7630";
        readonly kind: "insufficient-budget";
        readonly needed: number;
        readonly available: number;
        readonly refusal: BudgetRefusal;
      }
    | { readonly code: "PAR7631"; readonly kind: "no-budget" }
    | { readonly code: "PAR7632"; readonly kind: "budget-unchanged"; readonly refusal: BudgetRefusal }
  );

/** The budgets after a change, or why there was none. */
export type FlowBudgetsChange =
  | { readonly ok: true; readonly budgets: FlowBudgets }
  | { readonly ok: false; readonly error: FlowBudgetError };

/** A charge through the manager: see `chargeBudget`. */
export type FlowCharge =
  | { readonly ok: true; readonly budgets: FlowBudgets; readonly drawn: number; readonly nonce: number }
  | { readonly ok: false; readonly error: FlowBudgetError };

const keyOf = ({ context, peer }: BudgetPair): string => JSON.stringify([context, peer]);

/** No budgets yet: every pair has the default. */
export const newFlowBudgets = (defaultLimit: number = DEFAULT_LIMIT, epoch = 0): FlowBudgets => ({
  defaultLimit,
  epoch,
  pairs: new Map(),
  removed: new Map(),
});

/** The budget of a pair that was named; asking creates nothing. */
export const getBudget = (budgets: FlowBudgets, pair: BudgetPair): Budget | undefined =>
  budgets.pairs.get(keyOf(pair))?.budget;

/** The budget of a pair as a guard reads it: the default one when nobody named it. */
export const budgetFor = (budgets: FlowBudgets, pair: BudgetPair): Budget => {
  const named = getBudget(budgets, pair);
  if (named !== undefined) return named;
  const before = budgets.removed.get(keyOf(pair))?.budget;
  if (before === undefined || before.epoch < budgets.epoch)
    return newBudget(budgets.defaultLimit, budgets.epoch);
  const back = limitBudget(before, Math.max(budgets.defaultLimit, allottedIn(before)));
  return back.ok ? back.budget : before;
};

const put = (budgets: FlowBudgets, { context, peer }: BudgetPair, budget: Budget): FlowBudgets => {
  const key = keyOf({ context, peer });
  const removed = new Map(budgets.removed);
  removed.delete(key);
  return { ...budgets, removed, pairs: new Map(budgets.pairs).set(key, { context, peer, budget }) };
};

const changed = (
  budgets: FlowBudgets,
  { context, peer }: BudgetPair,
  change: BudgetChange,
): FlowBudgetsChange =>
  change.ok
    ? { ok: true, budgets: put(budgets, { context, peer }, change.budget) }
    : {
        ok: false,
        error: { code: "PAR7632", kind: "budget-unchanged", context, peer, refusal: change.refusal },
      };

const availableOf = (refusal: BudgetRefusal): number => {
  if (refusal.kind === "short") return refusal.headroom;
  return refusal.kind === "allotment-short" ? refusal.left : 0;
};

/**
 * Charges a pair, which is created when this is the first it hears of.
 *
 * @example chargeFlow(newFlowBudgets(), { context, peer }, "ada-phone", 1_000, true) // ok, nonce 1000
 */
export const chargeFlow = (
  budgets: FlowBudgets,
  { context, peer }: BudgetPair,
  device: string,
  cost: number,
  reaches: boolean,
): FlowCharge => {
  const charge = chargeBudget(budgetFor(budgets, { context, peer }), device, cost, reaches);
  if (!charge.ok) {
    const { refusal } = charge;
    const available = availableOf(refusal);
    return {
      ok: false,
      error: {
        code: "PAR7630",
        kind: "insufficient-budget",
        context,
        peer,
        needed: cost,
        available,
        refusal,
      },
    };
  }
  const { budget, drawn, nonce } = charge;
  return { ok: true, budgets: put(budgets, { context, peer }, budget), drawn, nonce };
};

/** Raises the limit of a pair that exists. */
export const replenishFlow = (budgets: FlowBudgets, pair: BudgetPair, amount: number): FlowBudgetsChange => {
  const budget = getBudget(budgets, pair);
  const { context, peer } = pair;
  if (budget === undefined)
    return { ok: false, error: { code: "PAR7631", kind: "no-budget", context, peer } };
  return changed(budgets, pair, replenishBudget(budget, amount));
};

/** Sets the limit of a pair, which is created if need be. */
export const setFlowLimit = (budgets: FlowBudgets, pair: BudgetPair, limit: number): FlowBudgetsChange =>
  changed(budgets, pair, limitBudget(budgetFor(budgets, pair), limit));

/** Puts an amount in the escrow of a device; the pair is created if need be. */
export const allotFlow = (
  budgets: FlowBudgets,
  pair: BudgetPair,
  device: string,
  amount: number,
  reached: boolean,
): FlowBudgetsChange =>
  changed(budgets, pair, allotBudget(budgetFor(budgets, pair), device, amount, reached));

/** The budgets of a context that were named, by peer. */
export const flowBudgetsIn = (budgets: FlowBudgets, context: string): readonly PairBudget[] =>
  [...budgets.pairs.values()]
    .filter((one) => one.context === context)
    .sort((a, b) => (a.peer < b.peer ? -1 : 1));

const mapPairs = (
  pairs: ReadonlyMap<string, PairBudget>,
  change: (budget: Budget) => Budget,
): ReadonlyMap<string, PairBudget> =>
  new Map([...pairs].map(([key, pair]) => [key, { ...pair, budget: change(pair.budget) }]));

/** Starts a later epoch for every pair: nothing spent, nothing in escrow. Not later: nothing changes. */
export const resetFlowEpoch = (budgets: FlowBudgets, epoch: number): FlowBudgets => {
  if (!Number.isSafeInteger(epoch) || epoch <= budgets.epoch) return budgets;
  const started = (budget: Budget): Budget => {
    const next = startEpoch(budget, epoch);
    return next.ok ? next.budget : budget;
  };
  return { ...budgets, epoch, pairs: mapPairs(budgets.pairs, started), removed: new Map() };
};

const removeWhere = (budgets: FlowBudgets, goes: (pair: PairBudget) => boolean): FlowBudgets => {
  const pairs = [...budgets.pairs];
  return {
    ...budgets,
    pairs: new Map(pairs.filter(([, pair]) => !goes(pair))),
    removed: new Map([...budgets.removed, ...pairs.filter(([, pair]) => goes(pair))]),
  };
};

/** Forgets a pair's limit and escrow. What it spent in this epoch is not forgiven. */
export const removeFlow = (budgets: FlowBudgets, { context, peer }: BudgetPair): FlowBudgets =>
  removeWhere(budgets, (pair) => pair.context === context && pair.peer === peer);

/** Forgets every pair of a context. */
export const removeFlowContext = (budgets: FlowBudgets, context: string): FlowBudgets =>
  removeWhere(budgets, (pair) => pair.context === context);

/** Drops pairs and accounts of epochs before `current − keep`. */
export const cleanUpFlow = (budgets: FlowBudgets, current: number, keep: number): FlowBudgets => {
  const first = current - keep;
  const fresh = new Map([...budgets.pairs].filter(([, { budget }]) => budget.epoch >= first));
  return { ...budgets, pairs: mapPairs(fresh, (budget) => forgetEpochs(budget, first)) };
};
