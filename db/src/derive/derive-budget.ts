import {
  type Budget,
  type BudgetRecords,
  budgetChangeWords,
  budgetId,
  budgetView,
  emptyMap,
  foldBudget,
  noBudgets,
  type PairBudget,
  type PairBudgetInput,
  pairBudget,
  putInto,
  receiptId,
  settleCharge,
} from "@parley/runtime/derived";
import type { Charge, StoredEntry } from "@parley/wire";
import type { DerivedChange } from "./derived-change.ts";
import type { DerivedLook } from "./derived-look.ts";
import type { DerivedRow } from "./derived-tables.ts";

interface Pair {
  readonly context: string;
  readonly peer: string;
}

type Account = NonNullable<ReturnType<Budget["accounts"]["get"]>>;

/** The account of the present epoch: those before it settle nothing any more. */
const accountText = ({ accounts, epoch }: Budget): string => {
  const account = accounts.get(epoch);
  if (account === undefined) return "{}";
  const { limit, allotted, spent } = account;
  return JSON.stringify({ limit, allotted: [...allotted], spent: [...spent] });
};

const budgetOf = ({ account, epoch }: Pick<DerivedRow<"budgets">, "account" | "epoch">): Budget => {
  const { limit, allotted, spent } = JSON.parse(account) as {
    readonly limit: Account["limit"];
    readonly allotted: readonly (readonly [string, Account["limit"]])[];
    readonly spent: readonly (readonly [string, number])[];
  };
  return {
    epoch,
    accounts: new Map([[epoch, { limit, allotted: new Map(allotted), spent: new Map(spent) }]]),
  };
};

const noTail: PairBudget["tail"] = { receipt: "", count: 0, cost: 0, session: "" };

const pairOf = (row: DerivedRow<"budgets">): PairBudget => {
  const { context, peer, limited, seq } = row;
  return { context, peer, budget: budgetOf(row), limited: limited === 1, tail: noTail, version: seq };
};

/** The budgets of an authority as far as one entry touches them, and what it changes of them. */
class TouchedBudgets {
  readonly changes: DerivedChange[] = [];
  private readonly records = new Map<string, BudgetRecords>();
  private readonly stored: StoredEntry;
  private readonly look: DerivedLook;

  constructor(stored: StoredEntry, look: DerivedLook) {
    this.stored = stored;
    this.look = look;
  }

  /** The records of an authority with this pair alone: folded as those with all of them. */
  private before({ context, peer }: Pair): BudgetRecords {
    const known = this.records.get(budgetId(context, peer));
    if (known !== undefined) return known;
    const authority = this.stored.stream;
    const [epoch] = this.look("epochs", { authority });
    const [row] = this.look("budgets", { authority, context, peer });
    const pairs = emptyMap<PairBudget>();
    return {
      ...noBudgets,
      epoch: epoch?.epoch ?? 0,
      epochSeq: epoch?.seq ?? -1,
      pairs: row === undefined ? pairs : putInto(pairs, budgetId(context, peer), pairOf(row)),
    };
  }

  /** One step of the fold, and what the history says of it. */
  step(
    pair: Pair,
    words: Pick<DerivedRow<"budget_changes">, "kind" | "text">,
    fold: (records: BudgetRecords) => BudgetRecords,
  ): void {
    const records = fold(this.before(pair));
    this.records.set(budgetId(pair.context, pair.peer), records);
    const { stream: authority, commit, entry } = this.stored;
    const { budget, limited, version: seq } = pairBudget(records, pair.context, pair.peer);
    const { context, peer } = pair;
    const { limit, spent, epoch } = budgetView(budget);
    const part = this.changes.length / 2;
    const now = { authority, context, peer, limit, spent, epoch };
    this.changes.push(
      {
        op: "put",
        table: "budgets",
        row: { ...now, account: accountText(budget), limited: Number(limited), seq, commit },
      },
      {
        op: "put",
        table: "budget_changes",
        row: { ...now, ...words, commit, part, seq: entry.seq, at: entry.at },
      },
    );
  }
}

/** Somebody changed one budget of the stream's authority. */
export const deriveBudget = (
  stored: StoredEntry,
  input: PairBudgetInput,
  look: DerivedLook,
): readonly DerivedChange[] => {
  const touched = new TouchedBudgets(stored, look);
  touched.step(input, budgetChangeWords.changed(input), (records) =>
    foldBudget(records, input, stored.entry.seq),
  );
  return touched.changes;
};

/** A new epoch: every budget somebody touched starts again. */
export const deriveEpoch = (
  stored: StoredEntry,
  epoch: number,
  look: DerivedLook,
): readonly DerivedChange[] => {
  const { stream: authority, commit, entry } = stored;
  const [present] = look("epochs", { authority });
  const touched = new TouchedBudgets(stored, look);
  for (const pair of look("budgets", { authority }))
    touched.step(pair, budgetChangeWords.epoch(epoch), (records) =>
      foldBudget(records, { kind: "budget.epoch", epoch }, entry.seq),
    );
  if (epoch <= (present?.epoch ?? 0)) return touched.changes;
  const row = { authority, epoch, seq: entry.seq, commit };
  return [...touched.changes, { op: "put", table: "epochs", row }];
};

const receiptRow = (
  { commit, entry, stream: authority }: StoredEntry,
  part: number,
  charge: Charge,
): DerivedChange => {
  const { context, peer, session, edgeId: edge, label, device, epoch, cost, nonce, prev, tick, at } = charge;
  const place = { commit, part, id: receiptId(charge), authority, seq: entry.seq };
  const row = { ...place, context, peer, session, edge, label, device, epoch, cost, nonce, prev, tick, at };
  return { op: "put", table: "receipts", row };
};

const leakRow = (
  { commit, stream: authority }: StoredEntry,
  part: number,
  { leakage, context, session, at }: Charge,
): readonly DerivedChange[] =>
  leakage.external + leakage.neighbor + leakage.inGroup === 0
    ? []
    : [{ op: "put", table: "leaks", row: { commit, part, authority, context, session, ...leakage, at } }];

/** A batch of charges: receipts, what they leaked, and the budgets they took from. */
export const deriveCharges = (
  stored: StoredEntry,
  charges: readonly Charge[],
  look: DerivedLook,
): readonly DerivedChange[] => {
  const touched = new TouchedBudgets(stored, look);
  const rows = charges.flatMap((charge, part) => {
    touched.step(charge, budgetChangeWords.charged(charge), (records) =>
      settleCharge(records, charge, stored.entry.seq),
    );
    return [receiptRow(stored, part, charge), ...leakRow(stored, part, charge)];
  });
  return [...rows, ...touched.changes];
};
