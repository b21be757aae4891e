import { type Fact, type Hash, hashValue } from "@parley/wire";
import { addFacts, emptyJournal, factsInOrder, type Journal } from "../journal.ts";
import { reduceAuthority } from "./authority-summary.ts";
import { reduceContext } from "./relational-state.ts";

/** Names what a journal amounts to: of its reduction, and so of its facts whatever their order. */
export const journalStateHash = (journal: Journal): Hash => {
  const reduced = journal.namespace.kind === "authority" ? reduceAuthority(journal) : reduceContext(journal);
  return hashValue("parley.journal.state/1", reduced.ok ? JSON.stringify(reduced.state) : null);
};

/** A snapshot as a fact's content: what the journal amounts to, and which facts it stands for. */
export type SnapshotContent = Extract<Fact["content"], { readonly kind: "snapshot" }>;

/** The snapshot of a journal: everything in it but earlier snapshots is superseded by it. */
export const computeSnapshot = (journal: Journal, sequence: number): SnapshotContent => ({
  kind: "snapshot",
  stateHash: journalStateHash(journal),
  superseded: factsInOrder(journal)
    .filter(({ content }) => content.kind !== "snapshot" || content.sequence >= sequence)
    .map(({ order }) => order),
  sequence,
});

/** Why a snapshot is not taken. */
export interface SnapshotError {
  readonly code: "PAR7732";
  readonly variant: "StateMismatch" | "NotNewer";
  readonly sequence: number;
}

/**
 * Drops the facts a snapshot stands for. It must say what the journal amounts
 * to now, and be newer than any the journal holds; the snapshot itself stays.
 */
export const collectGarbage = (
  journal: Journal,
  snapshot: Fact & { readonly content: SnapshotContent },
):
  | { readonly ok: true; readonly journal: Journal; readonly collected: number }
  | { readonly ok: false; readonly error: SnapshotError } => {
  const { content } = snapshot;
  const facts = factsInOrder(journal);
  const newest = facts.flatMap((fact) => (fact.content.kind === "snapshot" ? [fact.content.sequence] : []));
  const refuse = (variant: SnapshotError["variant"]) =>
    ({ ok: false, error: { code: "PAR7732", variant, sequence: content.sequence } }) as const;
  if (newest.some((sequence) => sequence >= content.sequence)) return refuse("NotNewer");
  if (journalStateHash(journal) !== content.stateHash) return refuse("StateMismatch");
  const gone = new Set(content.superseded);
  const kept = facts.filter(({ order }) => !gone.has(order));
  return {
    ok: true,
    journal: addFacts(emptyJournal(journal.namespace), [...kept, snapshot]),
    collected: facts.length - kept.length,
  };
};
