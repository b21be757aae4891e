import type { FlowBudgetView } from "./budget-view.ts";

/** The limit of a pair that nobody has set one for (spec/aura-runtime.md §16). */
export const DEFAULT_LIMIT = 1_000;

/** An amount only the keeper of the budget writes: of two, the later version holds. */
export interface Kept {
  readonly amount: number;
  readonly version: number;
}

/** What an authority may spend towards one peer in one epoch, and what its devices have spent. */
export interface EpochAccount {
  readonly limit: Kept;
  /** Escrow by device: what it may spend without asking anybody. The sum never exceeds the limit. */
  readonly allotted: ReadonlyMap<string, Kept>;
  /** Grows only; never above what the device was allotted. */
  readonly spent: ReadonlyMap<string, number>;
}

/**
 * One replica of the budget of (context, authority → peer). A device spends
 * within its allotment alone; more it draws from what is not allotted, while it
 * reaches the others. So the receipts of an epoch sum to the limit at most,
 * whatever was parted and merged in between (model §5).
 */
export interface Budget {
  readonly epoch: number;
  readonly accounts: ReadonlyMap<number, EpochAccount>;
}

const emptyAccount = (limit: number): EpochAccount => ({
  limit: { amount: limit, version: 0 },
  allotted: new Map(),
  spent: new Map(),
});

/** A budget nothing was spent of. */
export const newBudget = (limit: number = DEFAULT_LIMIT, epoch = 0): Budget => ({
  epoch,
  accounts: new Map([[epoch, emptyAccount(limit)]]),
});

/** The account of an epoch; one never opened is empty, with nothing to spend. */
export const accountOf = (budget: Budget, epoch: number = budget.epoch): EpochAccount =>
  budget.accounts.get(epoch) ?? emptyAccount(0);

const total = (amounts: Iterable<number>): number => {
  let sum = 0;
  for (const amount of amounts) sum += amount;
  return sum;
};

/** What all devices together have spent in an epoch. */
export const spentIn = (budget: Budget, epoch: number = budget.epoch): number =>
  total(accountOf(budget, epoch).spent.values());

/** What is in escrow in an epoch, spent or not. */
export const allottedIn = (budget: Budget, epoch: number = budget.epoch): number =>
  total([...accountOf(budget, epoch).allotted.values()].map(({ amount }) => amount));

/** What one device can still spend in the present epoch. */
export interface Allotment {
  readonly device: string;
  readonly allotted: number;
  readonly spent: number;
  /** Of the limit, what is in nobody's escrow. */
  readonly unallotted: number;
  /** Whether the device reaches the others, and so may draw from `unallotted`. */
  readonly reaches: boolean;
}

/** What a device's share of a budget is now. */
export const allotmentOf = (budget: Budget, device: string, reaches: boolean): Allotment => {
  const account = accountOf(budget);
  return {
    device,
    allotted: account.allotted.get(device)?.amount ?? 0,
    spent: account.spent.get(device) ?? 0,
    unallotted: account.limit.amount - allottedIn(budget),
    reaches,
  };
};

/** The most that can be charged in one go. */
export const allotmentHeadroom = ({ allotted, spent, unallotted, reaches }: Allotment): number =>
  Math.max(0, allotted - spent + (reaches ? unallotted : 0));

/** The present epoch as {limit, spent, epoch}. */
export const budgetView = (budget: Budget): FlowBudgetView => ({
  limit: accountOf(budget).limit.amount,
  spent: spentIn(budget),
  epoch: budget.epoch,
});

/** Why a change of a budget was not made; the budget is as it was. */
export type BudgetRefusal =
  /** More than the whole budget has left. */
  | {
      readonly kind: "short";
      readonly cost: number;
      readonly headroom: number;
      readonly limit: number;
      readonly spent: number;
      /** In the escrow of other devices, unspent. */
      readonly reserved: number;
    }
  /** More than the device's own escrow, and it does not reach the others to draw from what is free. */
  | {
      readonly kind: "allotment-short";
      readonly device: string;
      readonly cost: number;
      readonly left: number;
      readonly unallotted: number;
    }
  | { readonly kind: "overflow"; readonly spent: number; readonly cost: number }
  | { readonly kind: "limit-below-allotted"; readonly limit: number; readonly allotted: number }
  | {
      readonly kind: "allotment-below-spent";
      readonly device: string;
      readonly amount: number;
      readonly spent: number;
    }
  | {
      readonly kind: "allotment-over-limit";
      readonly device: string;
      readonly amount: number;
      readonly free: number;
    }
  /** A device that is not reached may still be spending what would be taken from it. */
  | { readonly kind: "allotment-unreached"; readonly device: string; readonly amount: number }
  | { readonly kind: "epoch-past"; readonly epoch: number; readonly current: number }
  | { readonly kind: "bad-amount"; readonly amount: number };

/** A budget changed, or why it was not. */
export type BudgetChange =
  | { readonly ok: true; readonly budget: Budget }
  | { readonly ok: false; readonly refusal: BudgetRefusal };

/** A charge that went through: `drawn` was put in the device's escrow in the same step, `nonce` is what the pair has spent now. */
export type BudgetCharge =
  | { readonly ok: true; readonly budget: Budget; readonly drawn: number; readonly nonce: number }
  | { readonly ok: false; readonly refusal: BudgetRefusal };

const isAmount = (amount: number): boolean => Number.isSafeInteger(amount) && amount >= 0;

const refuse = (refusal: BudgetRefusal): { readonly ok: false; readonly refusal: BudgetRefusal } => ({
  ok: false,
  refusal,
});

const withAccount = (budget: Budget, account: EpochAccount): Budget => ({
  ...budget,
  accounts: new Map(budget.accounts).set(budget.epoch, account),
});

const raised = (kept: Kept | undefined, amount: number): Kept => ({
  amount,
  version: (kept?.version ?? 0) + 1,
});

/** Why a cost does not fit an allotment, or undefined when it does. */
export const chargeRefusal = (
  allotment: Allotment,
  view: FlowBudgetView,
  cost: number,
): BudgetRefusal | undefined => {
  if (!isAmount(cost)) return { kind: "bad-amount", amount: cost };
  if (!Number.isSafeInteger(view.spent + cost)) return { kind: "overflow", spent: view.spent, cost };
  const available = allotmentHeadroom(allotment);
  if (cost <= available) return undefined;
  const left = allotment.allotted - allotment.spent;
  const { device, unallotted } = allotment;
  if (!allotment.reaches && cost <= left + unallotted)
    return { kind: "allotment-short", device, cost, left, unallotted };
  const reserved = view.limit - view.spent - left - unallotted;
  return { kind: "short", cost, headroom: available, limit: view.limit, spent: view.spent, reserved };
};

/**
 * Charges `cost` to a device: within its allotment, and above that drawn from
 * what is not allotted if the device `reaches` the others.
 *
 * @example chargeBudget(newBudget(100), "ada-phone", 100, true) // ok, nonce 100, drawn 100
 */
export const chargeBudget = (
  budget: Budget,
  device: string,
  cost: number,
  reaches: boolean,
): BudgetCharge => {
  const allotment = allotmentOf(budget, device, reaches);
  const refusal = chargeRefusal(allotment, budgetView(budget), cost);
  if (refusal !== undefined) return refuse(refusal);
  if (cost === 0) return { ok: true, budget, drawn: 0, nonce: spentIn(budget) };
  const account = accountOf(budget);
  const drawn = Math.max(0, allotment.spent + cost - allotment.allotted);
  const allotted = new Map(account.allotted);
  if (drawn > 0) allotted.set(device, raised(allotted.get(device), allotment.allotted + drawn));
  const spent = new Map(account.spent).set(device, allotment.spent + cost);
  const next = withAccount(budget, { ...account, allotted, spent });
  return { ok: true, budget: next, drawn, nonce: spentIn(next) };
};

/** Sets the limit of the present epoch; never below what is in escrow. */
export const limitBudget = (budget: Budget, limit: number): BudgetChange => {
  if (!isAmount(limit)) return refuse({ kind: "bad-amount", amount: limit });
  const allotted = allottedIn(budget);
  if (limit < allotted) return refuse({ kind: "limit-below-allotted", limit, allotted });
  const account = accountOf(budget);
  return { ok: true, budget: withAccount(budget, { ...account, limit: raised(account.limit, limit) }) };
};

/** Raises the limit by `amount`; what was spent stays spent, so no receipt is ever unpaid. */
export const replenishBudget = (budget: Budget, amount: number): BudgetChange =>
  isAmount(amount)
    ? limitBudget(budget, accountOf(budget).limit.amount + amount)
    : refuse({ kind: "bad-amount", amount });

/**
 * Puts `amount` of the limit in the escrow of a device, in place of what it had.
 * Less than before is given back only by a device that is `reached`; less than
 * it has spent, never.
 */
export const allotBudget = (
  budget: Budget,
  device: string,
  amount: number,
  reached: boolean,
): BudgetChange => {
  if (!isAmount(amount)) return refuse({ kind: "bad-amount", amount });
  const { allotted, spent, unallotted } = allotmentOf(budget, device, reached);
  if (amount < spent) return refuse({ kind: "allotment-below-spent", device, amount, spent });
  if (amount < allotted && !reached) return refuse({ kind: "allotment-unreached", device, amount });
  const free = unallotted + allotted;
  if (amount > free) return refuse({ kind: "allotment-over-limit", device, amount, free });
  const account = accountOf(budget);
  const next = new Map(account.allotted).set(device, raised(account.allotted.get(device), amount));
  return { ok: true, budget: withAccount(budget, { ...account, allotted: next }) };
};

/** Starts a later epoch with the same limit: nothing spent, nothing in escrow. */
export const startEpoch = (budget: Budget, epoch: number): BudgetChange => {
  if (!isAmount(epoch)) return refuse({ kind: "bad-amount", amount: epoch });
  if (epoch <= budget.epoch) return refuse({ kind: "epoch-past", epoch, current: budget.epoch });
  const { amount } = accountOf(budget).limit;
  return {
    ok: true,
    budget: { epoch, accounts: new Map(budget.accounts).set(epoch, emptyAccount(amount)) },
  };
};

/** Forgets accounts of epochs before `epoch`; the present one always stays. */
export const forgetEpochs = (budget: Budget, epoch: number): Budget => ({
  ...budget,
  accounts: new Map([...budget.accounts].filter(([one]) => one >= epoch || one === budget.epoch)),
});
