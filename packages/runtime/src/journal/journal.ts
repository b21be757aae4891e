import type { Fact, Hash } from "@parley/wire";
import { compareFacts, factId } from "./fact-id.ts";
import { emptyTree, entriesOf, insert, lookUp, type RootTree, root, treeSize } from "./root-tree.ts";
import { union } from "./tree-difference.ts";

/** Whose facts a journal holds: an authority's own, or those of a context. */
export interface JournalNamespace {
  readonly kind: "authority" | "context";
  readonly id: string;
}

/**
 * A set of facts of one namespace; replicas of it join by union. The facts are
 * keyed by `factId` in a tree whose root tells equal sets apart from others.
 */
export interface Journal {
  readonly namespace: JournalNamespace;
  readonly facts: RootTree<Fact>;
}

/** Journals of different namespaces never join: their facts say things about different matters. */
export interface NamespaceMismatch {
  readonly code: "PAR7701";
  readonly error: "namespace-mismatch";
  readonly left: JournalNamespace;
  readonly right: JournalNamespace;
}

export type Joined =
  | { readonly ok: true; readonly journal: Journal }
  | { readonly ok: false; readonly error: NamespaceMismatch };

export const emptyJournal = (namespace: JournalNamespace): Journal => ({ namespace, facts: emptyTree() });

/** The journal with one fact more; the same journal when it holds the fact already, whose first copy stays. */
export const addFact = (journal: Journal, fact: Fact): Journal => {
  const facts = insert(journal.facts, factId(fact), fact);
  return facts === journal.facts ? journal : { ...journal, facts };
};

export const addFacts = (journal: Journal, facts: Iterable<Fact>): Journal => {
  let grown = journal;
  for (const fact of facts) grown = addFact(grown, fact);
  return grown;
};

/**
 * The union of two replicas of one journal: commutative, associative and
 * idempotent in what facts it holds (spec/aura-state.md §4).
 */
export const join = (a: Journal, b: Journal): Joined => {
  if (a.namespace.kind !== b.namespace.kind || a.namespace.id !== b.namespace.id)
    return {
      ok: false,
      error: { code: "PAR7701", error: "namespace-mismatch", left: a.namespace, right: b.namespace },
    };
  const facts = union(a.facts, b.facts);
  return { ok: true, journal: facts === a.facts ? a : { ...a, facts } };
};

export const journalSize = (journal: Journal): number => treeSize(journal.facts);

export const journalRoot = (journal: Journal): Hash => root(journal.facts);

/** The fact of an id; undefined when the journal does not hold it. */
export const factOf = (journal: Journal, id: Hash): Fact | undefined => lookUp(journal.facts, id);

/** Every fact with its id, by ascending id: cheap, for passes whose order does not matter. */
export const journalEntries = (journal: Journal): Iterable<readonly [Hash, Fact]> =>
  entriesOf(journal.facts.node);

/** Every fact in the total order: what reductions and readers see, whatever the order of arrival. */
export const factsInOrder = (journal: Journal): readonly Fact[] =>
  [...journalEntries(journal)].map(([, fact]) => fact).sort(compareFacts);
