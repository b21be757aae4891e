import type { Fact, Hash } from "@parley/wire";
import { factId } from "./fact-id.ts";
import { addFact, factsInOrder, type Journal } from "./journal.ts";

/** How far it is agreed that a fact stands (spec/aura-state.md §4.4). */
export type Agreement =
  | { readonly kind: "provisional" }
  | { readonly kind: "soft-safe"; readonly certificate?: Hash }
  | { readonly kind: "finalized"; readonly consensus: string };

const strengths = { provisional: 1, "soft-safe": 2, finalized: 3 } as const;

export const agreementStrength = ({ kind }: Agreement): 1 | 2 | 3 => strengths[kind];

const levels = {
  provisional: "A1:Provisional",
  "soft-safe": "A2:SoftSafe",
  finalized: "A3:Finalized",
} as const;

/** The level as shown, e.g. `A2:SoftSafe`. */
export const agreementText = ({ kind }: Agreement): string => levels[kind];

/** Whether a fact may be built upon: soft-safe or better. */
export const agreementIsSafe = (agreement: Agreement): boolean => agreementStrength(agreement) >= 2;

/** How far a fact has spread, as its own replica knows. */
export type Propagation =
  | { readonly kind: "local" }
  | { readonly kind: "syncing"; readonly reached: number; readonly known: number }
  | { readonly kind: "complete" }
  | {
      readonly kind: "failed";
      readonly retryAt: number;
      readonly retryCount: number;
      readonly error: string;
    };

/** From 0, nowhere else, to 1, everywhere. */
export const propagationProgress = (propagation: Propagation): number => {
  if (propagation.kind === "complete") return 1;
  if (propagation.kind !== "syncing" || propagation.known === 0) return 0;
  return propagation.reached / propagation.known;
};

/** The spread after reaching `reached` of `known` peers. */
export const propagationOf = (reached: number, known: number): Propagation =>
  reached >= known && known > 0 ? { kind: "complete" } : { kind: "syncing", reached, known };

/** What is known about a fact beside the fact: never part of its identity or order. */
export interface FactMarks {
  readonly agreement: Agreement;
  readonly propagation: Propagation;
  readonly acksTracked: boolean;
}

export const freshMarks: FactMarks = {
  agreement: { kind: "provisional" },
  propagation: { kind: "local" },
  acksTracked: false,
};

/** A journal with what is known about its facts; a fact that has no marks of its own has the fresh ones. */
export interface MarkedJournal {
  readonly journal: Journal;
  readonly marks: ReadonlyMap<Hash, FactMarks>;
}

export const unmarked = (journal: Journal): MarkedJournal => ({ journal, marks: new Map() });

export const marksOf = ({ marks }: MarkedJournal, id: Hash): FactMarks => marks.get(id) ?? freshMarks;

/** Adds a fact with marks; a fact that is held already keeps the marks it has. */
export const addMarked = (
  marked: MarkedJournal,
  fact: Fact,
  marks: Partial<FactMarks> = {},
): MarkedJournal => {
  const journal = addFact(marked.journal, fact);
  if (journal === marked.journal) return marked;
  return { journal, marks: new Map(marked.marks).set(factId(fact), { ...freshMarks, ...marks }) };
};

/** No fact has the order that was named. */
export interface FactNotFound {
  readonly code: "PAR7713";
  readonly error: "fact-not-found";
  readonly order: Hash;
}

export type Marked =
  | { readonly ok: true; readonly marked: MarkedJournal }
  | { readonly ok: false; readonly error: FactNotFound };

/** Changes the marks of the first fact with an order. Error: `PAR7713` when there is none. */
export const updateMarks = (marked: MarkedJournal, order: Hash, change: Partial<FactMarks>): Marked => {
  const fact = factsInOrder(marked.journal).find((one) => one.order === order);
  if (fact === undefined) return { ok: false, error: { code: "PAR7713", error: "fact-not-found", order } };
  const id = factId(fact);
  const marks = new Map(marked.marks).set(id, { ...marksOf(marked, id), ...change });
  return { ok: true, marked: { ...marked, marks } };
};

/** Who has acknowledged a fact, and when: one time per peer. */
export type Acknowledgment = { readonly [peer: string]: number };

/** Acknowledgments beside the journal, by the order of the fact. */
export type AckStorage = ReadonlyMap<Hash, Acknowledgment>;

/** Both at once: of a peer in both, the later time. */
export const mergeAcks = (a: Acknowledgment, b: Acknowledgment): Acknowledgment => {
  const merged = { ...a };
  for (const [peer, at] of Object.entries(b)) merged[peer] = Math.max(merged[peer] ?? 0, at);
  return merged;
};

export const acknowledge = (storage: AckStorage, order: Hash, peer: string, at: number): AckStorage =>
  new Map(storage).set(order, mergeAcks(storage.get(order) ?? {}, { [peer]: at }));

/** Whether every expected peer has acknowledged; never without tracking. */
export const isDelivered = (acks: Acknowledgment | undefined, expected: readonly string[]): boolean =>
  acks !== undefined && expected.every((peer) => acks[peer] !== undefined);

/** What is left after collecting acknowledgments that are no longer wanted. */
export interface AckCollection {
  readonly marked: MarkedJournal;
  readonly storage: AckStorage;
  readonly factsCollected: number;
  readonly factsRemaining: number;
}

/** Drops the acknowledgments of facts a predicate selects and stops tracking them; the facts stay. */
export const collectAcks = (
  marked: MarkedJournal,
  storage: AckStorage,
  select: (fact: Fact, marks: FactMarks) => boolean,
): AckCollection => {
  const marks = new Map(marked.marks);
  const kept = new Map(storage);
  let [factsCollected, factsRemaining] = [0, 0];
  for (const fact of factsInOrder(marked.journal)) {
    const id = factId(fact);
    const own = marksOf(marked, id);
    if (!own.acksTracked) continue;
    if (select(fact, own)) {
      factsCollected += 1;
      kept.delete(fact.order);
      marks.set(id, { ...own, acksTracked: false });
    } else factsRemaining += 1;
  }
  return { marked: { ...marked, marks }, storage: kept, factsCollected, factsRemaining };
};
