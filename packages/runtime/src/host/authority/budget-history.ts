import type { AuthorityInput, Charge, StoredEntry } from "@parley/wire";
import type { BudgetChange } from "@parley/wire/http";
import { budgetView as totals } from "../../guards/budget.ts";
import { receiptId } from "../../guards/receipt.ts";
import type { HostCore } from "../core.ts";
import { done, type Result } from "../host-error.ts";
import { type AuthorityState, emptyAuthority, foldAuthority, settled } from "../streams/authority-state.ts";
import { pairBudget } from "../streams/budget-records.ts";
import { authorityEntries } from "./authority-stream.ts";
import { durableAuthority } from "./authority-view.ts";

const LIMIT = 200;

interface Pair {
  readonly context: string;
  readonly peer: string;
}

const kinds = {
  "budget.limited": "limited",
  "budget.allotted": "allotted",
  "budget.replenished": "replenished",
  "budget.removed": "removed",
} as const;

const words = (input: AuthorityInput): string => {
  switch (input.kind) {
    case "budget.limited":
      return `limit ${input.limit}`;
    case "budget.allotted":
      return `${input.amount} in escrow of ${input.device}`;
    case "budget.replenished":
      return `${input.amount} more`;
    case "budget.removed":
      return "back to the default";
    default:
      return input.kind;
  }
};

const changeOf = (
  state: AuthorityState,
  { context, peer }: Pair,
  { entry }: StoredEntry,
  what: Pick<BudgetChange, "kind" | "text" | "charge">,
): BudgetChange => {
  const { limit, spent, epoch } = totals(pairBudget(state.budgets, context, peer).budget);
  return { seq: entry.seq, at: entry.at, ...what, context, peer, limit, spent, epoch };
};

const chargeChange = (state: AuthorityState, charge: Charge, stored: StoredEntry): BudgetChange => {
  const { session, edgeId, label, device, cost, nonce } = charge;
  return changeOf(state, charge, stored, {
    kind: "charged",
    text: `${label} cost ${cost}`,
    charge: { receipt: receiptId(charge), session, edgeId, label, device, cost, nonce },
  });
};

/** The changes one entry makes, and the state after it. */
const changesIn = (
  before: AuthorityState,
  stored: StoredEntry,
  known: ReadonlyMap<string, Pair>,
): { readonly state: AuthorityState; readonly changes: readonly BudgetChange[] } => {
  const input = stored.entry.input as AuthorityInput;
  const { seq } = stored.entry;
  if (input.kind === "sends.settled") {
    let state = before;
    const changes = input.batch.charges.map((charge) => {
      state = settled(state, charge, seq);
      return chargeChange(state, charge, stored);
    });
    return { state: { ...state, seq }, changes };
  }
  const state = { ...foldAuthority(before, input), seq };
  if (input.kind === "budget.epoch") {
    const what = { kind: "epoch", text: `epoch ${input.epoch} begins`, charge: null } as const;
    return { state, changes: [...known.values()].map((pair) => changeOf(state, pair, stored, what)) };
  }
  if (!(input.kind in kinds) || !("peer" in input)) return { state, changes: [] };
  const kind = kinds[input.kind];
  return { state, changes: [changeOf(state, input, stored, { kind, text: words(input), charge: null })] };
};

/** How the budgets of an authority came to stand as they do, oldest first; the last ones before `before`. */
export const readBudgetHistory = async (
  core: HostCore,
  authority: string,
  asked: {
    readonly context?: string | undefined;
    readonly peer?: string | undefined;
    readonly before?: number | undefined;
    readonly limit?: number | undefined;
  },
): Promise<Result<{ readonly items: readonly BudgetChange[]; readonly more: boolean }>> => {
  const durable = durableAuthority(core, authority);
  if (!durable.ok) return durable;
  const { context, peer, before = Number.MAX_SAFE_INTEGER, limit = LIMIT } = asked;
  const known = new Map<string, Pair>();
  const items: BudgetChange[] = [];
  let state = emptyAuthority(authority);
  let more = false;
  for await (const stored of authorityEntries(core, authority, durable.value.seq)) {
    if (stored.entry.seq >= before) break;
    const made = changesIn(state, stored, known);
    state = made.state;
    for (const change of made.changes) {
      known.set(`${change.context} ${change.peer}`, change);
      if (context !== undefined && change.context !== context) continue;
      if (peer !== undefined && change.peer !== peer) continue;
      items.push(change);
      if (items.length > limit) more = items.shift() !== undefined;
    }
  }
  return done({ items, more });
};
