import type { ContextInput, Fact, Hash } from "@parley/wire";
import { compareText } from "./byte-order.ts";
import { addFacts, emptyJournal, factOf, type Journal, join, journalRoot, journalSize } from "./journal.ts";
import { reachedBy } from "./reached-by.ts";
import { recordedFact } from "./recorded-fact.ts";

/**
 * The replicas of one context, one per authority, and who reaches whom. What
 * is added at one replica is held at once by every replica it can reach; what
 * a partition kept apart is brought together by runs of anti-entropy.
 */
export interface Replicas {
  readonly context: string;
  readonly journals: { readonly [authority: string]: Journal };
  /** Undefined while all reach each other. While parted, an authority in no group is alone. */
  readonly groups: readonly (readonly string[])[] | undefined;
  /** Facts recorded before facts had types: they are told apart by their number. */
  readonly untyped: number;
}

export const noReplicas = (context: string): Replicas => ({
  context,
  journals: {},
  groups: undefined,
  untyped: 0,
});

const emptyReplica = (state: Replicas): Journal => emptyJournal({ kind: "context", id: state.context });

const authoritiesOf = (state: Replicas): readonly string[] => Object.keys(state.journals).sort(compareText);

/** The replicas that hold at once what is added at this one, itself among them, by name. */
export const reachable = (state: Replicas, authority: string): readonly string[] =>
  reachedBy(authoritiesOf(state), state.groups, authority);

/** The journal of one replica; empty for an authority that has none. */
export const replicaJournal = (state: Replicas, authority: string): Journal =>
  state.journals[authority] ?? emptyReplica(state);

/** A replica of its own namespace always joins; anything else is a bug. */
const joined = (a: Journal, b: Journal): Journal => {
  const result = join(a, b);
  if (!result.ok) throw new Error(`replicas of ${a.namespace.id} and ${b.namespace.id} do not join`);
  return result.journal;
};

/** New replicas start with everything the replicas they reach hold. */
const withReplicas = (state: Replicas, authorities: readonly string[]): Replicas => {
  const fresh = authorities.filter((authority) => state.journals[authority] === undefined);
  if (fresh.length === 0) return state;
  const journals = { ...state.journals };
  for (const authority of fresh) {
    const known = reachable(state, authority).map((other) => replicaJournal(state, other));
    journals[authority] = known.reduce(joined, emptyReplica(state));
  }
  return { ...state, journals };
};

const added = (before: Replicas, replica: string, facts: readonly Fact[]): Replicas => {
  const state = withReplicas(before, [replica]);
  const journals = { ...state.journals };
  // Replicas in step share one journal, which grows once.
  const grown = new Map<Journal, Journal>();
  for (const authority of reachable(state, replica)) {
    const journal = replicaJournal(state, authority);
    const next = grown.get(journal) ?? addFacts(journal, facts);
    grown.set(journal, next);
    journals[authority] = next;
  }
  return { ...state, journals };
};

/** Copies facts by id from one replica to another; ids the source does not hold are passed over. */
const copied = (from: Journal, to: Journal, ids: readonly Hash[]): Journal =>
  addFacts(
    to,
    ids.flatMap((id) => factOf(from, id) ?? []),
  );

/** Sides that a run made equal share one journal from then on. */
const synced = (before: Replicas, input: Extract<ContextInput, { kind: "replicas.synced" }>): Replicas => {
  const state = withReplicas(before, [input.requester, input.responder]);
  const requester = replicaJournal(state, input.requester);
  const responder = replicaJournal(state, input.responder);
  const left = copied(responder, requester, input.toRequester);
  const right = copied(requester, responder, input.toResponder);
  const shared = journalRoot(left) === journalRoot(right) ? left : right;
  return {
    ...state,
    journals: { ...state.journals, [input.requester]: left, [input.responder]: shared },
  };
};

type Recorded = Extract<ContextInput, { kind: "fact.recorded" }>;

const recorded = (state: Replicas, input: Recorded): Replicas => {
  const fact = recordedFact(state.context, input, state.untyped);
  return { ...added(state, input.by, [fact]), untyped: state.untyped + 1 };
};

/**
 * The replicas after one input of their context. Total: an authority that is
 * named before it joined gets a replica, ids nobody holds are passed over.
 */
export const foldReplicas = (state: Replicas, input: ContextInput): Replicas => {
  switch (input.kind) {
    case "context.created":
      return { ...state, context: input.stream };
    case "fact.recorded":
      return recorded(state, input);
    case "replica.joined":
      return withReplicas(state, input.authorities);
    case "facts.added":
      return added(state, input.replica, input.facts);
    case "replicas.parted":
      return { ...state, groups: input.groups };
    case "replicas.healed":
      return { ...state, groups: undefined };
    case "replicas.synced":
      return synced(state, input);
    case "sync.tried":
      return state;
  }
};

/** One replica as shown and hashed: whose, how many facts, which root. */
export interface ReplicaSummary {
  readonly authority: string;
  readonly facts: number;
  readonly root: Hash;
}

/** Every replica by name: plain data that says all of the state but the facts themselves. */
export const replicaSummaries = (state: Replicas): readonly ReplicaSummary[] =>
  authoritiesOf(state).map((authority) => {
    const journal = replicaJournal(state, authority);
    return { authority, facts: journalSize(journal), root: journalRoot(journal) };
  });

/** True when every replica has the same root. */
export const replicasAgree = (state: Replicas): boolean =>
  new Set(replicaSummaries(state).map((one) => one.root)).size <= 1;
