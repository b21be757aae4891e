import type { AuthorityInput, Charge, ContextInput, Fact, StoredEntry, StreamKind } from "@parley/wire";
import type { BudgetChange } from "@parley/wire/http";
import { budgetView } from "../../guards/budget.ts";
import { receiptId } from "../../guards/receipt.ts";
import { factId } from "../../journal/fact-id.ts";
import { msOfTime, typeOfFact } from "../../journal/fact-shape.ts";
import { recordedFact } from "../../journal/recorded-fact.ts";
import { budgetChangeWords } from "../derived/budget-change-words.ts";
import type { BudgetQuery, ChainPlace, FactQuery, LogQueries, ReceiptPlace, ReceiptQuery } from "../ports.ts";
import { type AuthorityState, emptyAuthority, foldAuthority, settled } from "./authority-state.ts";
import { budgetId, pairBudget } from "./budget-records.ts";

/** The entries a store in memory has. */
export interface HeldEntries {
  of(stream: string): readonly StoredEntry[];
  ofKind(kind: StreamKind): readonly (readonly StoredEntry[])[];
}

interface PlacedCharge {
  readonly charge: Charge;
  readonly place: ReceiptPlace;
  readonly commit: number;
}

const placedCharges = (entries: readonly StoredEntry[]): readonly PlacedCharge[] => {
  const tails = new Map<string, ReceiptPlace["previous"]>();
  return entries.flatMap(({ stream: authority, entry, commit }) => {
    if (entry.input.kind !== "sends.settled") return [];
    return entry.input.batch.charges.map((charge, index): PlacedCharge => {
      const pair = budgetId(charge.context, charge.peer);
      const id = receiptId(charge);
      const previous = tails.get(pair);
      tails.set(pair, { id, epoch: charge.epoch, nonce: charge.nonce });
      const place = { id, authority, seq: entry.seq, index };
      return { charge, commit, place: previous === undefined ? place : { ...place, previous } };
    });
  });
};

const same = <T>(asked: T | undefined, value: T): boolean => asked === undefined || asked === value;

const receipts = (held: HeldEntries, query: ReceiptQuery) => {
  const { id, authority, context, peer, session, before, until, limit } = query;
  const streams = authority === undefined ? held.ofKind("authority") : [held.of(authority)];
  const fitting = streams
    .flatMap(placedCharges)
    .filter(
      ({ charge, place }) =>
        same(id, place.id) &&
        same(context, charge.context) &&
        same(peer, charge.peer) &&
        same(session, charge.session) &&
        (until === undefined || place.seq <= until),
    )
    .sort((a, b) => b.commit - a.commit || b.place.index - a.place.index);
  const items = fitting.filter(({ place }) => before === undefined || place.seq < before);
  return { items: items.slice(0, limit).map(({ place }) => place), total: fitting.length };
};

const receiptTaking = (held: HeldEntries, at: ChainPlace): ReceiptPlace | undefined =>
  placedCharges(held.of(at.authority)).find(
    ({ charge }) =>
      charge.context === at.context &&
      charge.peer === at.peer &&
      ((charge.epoch === at.epoch && charge.nonce === at.nonce) || charge.prev === at.prev),
  )?.place;

type Pair = Pick<BudgetChange, "context" | "peer">;

const changeOf = (
  state: AuthorityState,
  { context, peer }: Pair,
  { entry }: StoredEntry,
  what: Pick<BudgetChange, "kind" | "text" | "charge">,
): BudgetChange => {
  const { limit, spent, epoch } = budgetView(pairBudget(state.budgets, context, peer).budget);
  return { seq: entry.seq, at: entry.at, ...what, context, peer, limit, spent, epoch };
};

const chargeChange = (state: AuthorityState, charge: Charge, stored: StoredEntry): BudgetChange => {
  const { session, edgeId, label, device, cost, nonce } = charge;
  return changeOf(state, charge, stored, {
    ...budgetChangeWords.charged(charge),
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
  switch (input.kind) {
    case "budget.epoch":
    case "key.rotated": {
      const what = { ...budgetChangeWords.epoch(input.epoch), charge: null };
      return { state, changes: [...known.values()].map((pair) => changeOf(state, pair, stored, what)) };
    }
    case "budget.limited":
    case "budget.allotted":
    case "budget.replenished":
    case "budget.removed": {
      const what = { ...budgetChangeWords.changed(input), charge: null };
      return { state, changes: [changeOf(state, input, stored, what)] };
    }
    default:
      return { state, changes: [] };
  }
};

const budgetChanges = (held: HeldEntries, query: BudgetQuery) => {
  const { authority, context, peer, before = Number.MAX_SAFE_INTEGER, until, limit } = query;
  const known = new Map<string, Pair>();
  const items: BudgetChange[] = [];
  let state = emptyAuthority(authority);
  for (const stored of held.of(authority)) {
    if (stored.entry.seq >= before || stored.entry.seq > until) break;
    const made = changesIn(state, stored, known);
    state = made.state;
    for (const change of made.changes) {
      known.set(budgetId(change.context, change.peer), change);
      if (same(context, change.context) && same(peer, change.peer)) items.push(change);
    }
  }
  const more = items.length > limit;
  return { items: more ? items.slice(items.length - limit) : items, more };
};

/** By id, the facts of a stream with the entries that first brought them. */
const placedFacts = (stream: string, entries: readonly StoredEntry[]) => {
  const placed = new Map<string, { readonly fact: Fact; readonly id: string; readonly seq: number }>();
  let untyped = 0;
  for (const { entry } of entries) {
    const input = entry.input as ContextInput | AuthorityInput;
    const facts =
      input.kind === "fact.recorded"
        ? [recordedFact(stream, input, untyped++)]
        : input.kind === "facts.added" || input.kind === "authority.facts"
          ? input.facts
          : [];
    for (const fact of facts) {
      const id = factId(fact);
      if (!placed.has(id)) placed.set(id, { fact, id, seq: entry.seq });
    }
  }
  return [...placed.values()];
};

const fits = (fact: Fact, { type, by, since, until }: FactQuery): boolean => {
  if (!same(type, typeOfFact(fact)) || !same(by, fact.by)) return false;
  if (since === undefined && until === undefined) return true;
  const ms = msOfTime(fact.time);
  return ms !== null && ms >= (since ?? ms) && ms <= (until ?? ms);
};

const factPlaces = (held: HeldEntries, query: FactQuery) => {
  const { stream, ids, position, from, limit } = query;
  const fitting = placedFacts(stream, held.of(stream))
    .filter(({ fact, id, seq }) => seq <= position && (ids?.includes(id) ?? true) && fits(fact, query))
    .sort((a, b) => (`${a.fact.order} ${a.id}` < `${b.fact.order} ${b.id}` ? -1 : 1));
  const items = fitting.slice(from, limit === undefined ? undefined : from + limit);
  return { items: items.map(({ id, seq }) => ({ id, seq })), total: fitting.length };
};

const partedContexts = (held: HeldEntries): readonly string[] =>
  held
    .ofKind("context")
    .flatMap((entries) => entries.find(({ entry }) => entry.input.kind === "replicas.parted")?.stream ?? [])
    .sort();

/** The questions across entries, answered by folding: what derived tables are held against. */
export const foldedQueries = (held: HeldEntries): LogQueries => ({
  receipts: async (query) => receipts(held, query),
  receiptTaking: async (place) => receiptTaking(held, place),
  budgetChanges: async (query) => budgetChanges(held, query),
  factPlaces: async (query) => factPlaces(held, query),
  partedContexts: async () => partedContexts(held),
});
