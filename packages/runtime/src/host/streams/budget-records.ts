import type { AuthorityInput, Charge, Hash } from "@parley/wire";
import {
  allotBudget,
  allottedIn,
  type Budget,
  type BudgetChange,
  chargeBudget,
  DEFAULT_LIMIT,
  limitBudget,
  newBudget,
  replenishBudget,
  startEpoch,
} from "../../guards/budget.ts";
import { NO_RECEIPT, receiptId } from "../../guards/receipt.ts";
import { emptyMap, entriesIn, getFrom, type PersistentMap, putInto } from "./persistent-map.ts";

/** The end of a pair's chain of receipts. */
export interface ReceiptTail {
  /** Id of the last receipt; zeros before the first. */
  readonly receipt: Hash;
  readonly count: number;
  /** Its charge, for whoever asks where the budget went. */
  readonly cost: number;
  readonly session: string;
}

/** What an authority may spend on one peer in one context. */
export interface PairBudget {
  readonly context: string;
  readonly peer: string;
  readonly budget: Budget;
  /** Whether somebody set the limit. */
  readonly limited: boolean;
  readonly tail: ReceiptTail;
  /** Seq of the entry that last changed it; -1 while nothing did. */
  readonly version: number;
}

/** The budgets of an authority. A pair nobody touched has the default. */
export interface BudgetRecords {
  readonly epoch: number;
  /** Seq of the entry that began the epoch; -1 for the first. */
  readonly epochSeq: number;
  readonly pairs: PersistentMap<PairBudget>;
  readonly receipts: number;
}

export const noBudgets: BudgetRecords = { epoch: 0, epochSeq: -1, pairs: emptyMap(), receipts: 0 };

/** How guards name a budget. */
export const budgetId = (context: string, peer: string): string => `budget:${context}:${peer}`;

const noTail: ReceiptTail = { receipt: NO_RECEIPT, count: 0, cost: 0, session: "" };

/** A budget as it stands: the default where nobody touched it, empty where a new epoch began. */
export const pairBudget = (records: BudgetRecords, context: string, peer: string): PairBudget => {
  const { epoch, epochSeq, pairs } = records;
  const known = getFrom(pairs, budgetId(context, peer));
  if (known === undefined) {
    const budget = newBudget(DEFAULT_LIMIT, epoch);
    return { context, peer, budget, limited: false, tail: noTail, version: epochSeq };
  }
  if (known.budget.epoch >= epoch) return known;
  const started = startEpoch(known.budget, epoch);
  return started.ok
    ? { ...known, budget: started.budget, version: Math.max(known.version, epochSeq) }
    : known;
};

const put = (records: BudgetRecords, pair: PairBudget): BudgetRecords => ({
  ...records,
  pairs: putInto(records.pairs, budgetId(pair.context, pair.peer), pair),
});

type BudgetInput = Extract<
  AuthorityInput,
  {
    readonly kind:
      | "budget.limited"
      | "budget.allotted"
      | "budget.replenished"
      | "budget.epoch"
      | "budget.removed";
  }
>;

/** What an input would change of one budget, or why it may not: asked before it is written, and by the fold. */
export const changeBudget = (
  pair: PairBudget,
  input: Exclude<BudgetInput, { readonly kind: "budget.epoch" }>,
): BudgetChange => {
  switch (input.kind) {
    case "budget.limited":
      return limitBudget(pair.budget, input.limit);
    case "budget.allotted":
      return allotBudget(pair.budget, input.device, input.amount, true);
    case "budget.replenished":
      return replenishBudget(pair.budget, input.amount);
    case "budget.removed":
      // What was spent in the epoch stays spent, or its receipts could exceed the limit.
      return limitBudget(pair.budget, Math.max(DEFAULT_LIMIT, allottedIn(pair.budget)));
  }
};

/** One step of the fold; what the laws of budgets refuse changes nothing. */
export const foldBudget = (records: BudgetRecords, input: BudgetInput, seq: number): BudgetRecords => {
  if (input.kind === "budget.epoch")
    return input.epoch > records.epoch ? { ...records, epoch: input.epoch, epochSeq: seq } : records;
  const pair = pairBudget(records, input.context, input.peer);
  const changed = changeBudget(pair, input);
  if (!changed.ok) return records;
  const limited = input.kind === "budget.allotted" ? pair.limited : input.kind !== "budget.removed";
  return put(records, { ...pair, budget: changed.budget, limited, version: seq });
};

/** Settles one charge: the device's share grows by what it draws, and the chain of receipts by one. */
export const settleCharge = (records: BudgetRecords, charge: Charge, seq: number): BudgetRecords => {
  const { context, peer, device, cost, session } = charge;
  const pair = pairBudget(records, context, peer);
  const charged = chargeBudget(pair.budget, device, cost, true);
  const tail = { receipt: receiptId(charge), count: pair.tail.count + 1, cost, session };
  const budget = charged.ok ? charged.budget : pair.budget;
  return { ...put(records, { ...pair, budget, tail, version: seq }), receipts: records.receipts + 1 };
};

/** Every budget somebody touched, by context and peer. */
export const budgetsInOrder = (records: BudgetRecords): readonly PairBudget[] =>
  [...entriesIn(records.pairs)]
    .map(([, { context, peer }]) => pairBudget(records, context, peer))
    .sort((a, b) => (budgetId(a.context, a.peer) < budgetId(b.context, b.peer) ? -1 : 1));
