import type { Hash } from "@parley/wire";

export type ConsensusPhase = "Pending" | "FastPathActive" | "FallbackActive" | "Committed" | "Failed";

/** A witness's vote for a result, with its part of the signature. */
export interface Vote {
  readonly witness: string;
  readonly result: Hash;
  /** Hex. */
  readonly share: string;
}

/** What an instance decided. */
export interface CommitRecord {
  readonly consensus: Hash;
  readonly result: Hash;
  readonly prestate: Hash;
  /** In the order they voted. */
  readonly signers: readonly string[];
}

/** One agreement of some witnesses on one operation (spec/aura-state.md §17.2). */
export interface ConsensusInstance {
  readonly id: Hash;
  readonly operation: Hash;
  readonly prestate: Hash;
  readonly threshold: number;
  readonly witnesses: readonly string[];
  readonly initiator: string;
  readonly phase: ConsensusPhase;
  readonly votes: readonly Vote[];
  readonly commit: CommitRecord | null;
  readonly fallbackTimer: boolean;
  readonly equivocators: readonly string[];
}

/** Why a transition is not possible now; the instance is as it was. */
export interface NotEnabled {
  readonly code: "PAR8921";
  readonly variant: "NotEnabled";
  readonly transition: string;
  readonly reason: string;
}

export type Transition =
  | { readonly ok: true; readonly instance: ConsensusInstance }
  | { readonly ok: false; readonly error: NotEnabled };

const refused = (transition: string, reason: string): Transition => ({
  ok: false,
  error: { code: "PAR8921", variant: "NotEnabled", transition, reason },
});

const isActive = ({ phase }: ConsensusInstance): boolean =>
  phase === "FastPathActive" || phase === "FallbackActive";

const votesFor = ({ votes }: Pick<ConsensusInstance, "votes">, result: Hash): readonly Vote[] =>
  votes.filter((vote) => vote.result === result);

/** The result that enough voted for, if any. */
const decided = (instance: ConsensusInstance): Hash | undefined =>
  instance.votes.find(({ result }) => votesFor(instance, result).length >= instance.threshold)?.result;

const committed = (instance: ConsensusInstance, result: Hash): ConsensusInstance => ({
  ...instance,
  phase: "Committed",
  fallbackTimer: false,
  commit: {
    consensus: instance.id,
    result,
    prestate: instance.prestate,
    signers: votesFor(instance, result).map(({ witness }) => witness),
  },
});

/** A new agreement, on the fast path when every witness has said its nonces already. */
export const startConsensus = (
  asked: Pick<ConsensusInstance, "id" | "operation" | "prestate" | "threshold" | "witnesses" | "initiator">,
  fast: boolean,
): Transition => {
  const witnesses = [...new Set(asked.witnesses)];
  if (asked.threshold < 1) return refused("start", "the threshold is less than one");
  if (witnesses.length < asked.threshold)
    return refused("start", `${witnesses.length} witnesses cannot meet a threshold of ${asked.threshold}`);
  return {
    ok: true,
    instance: {
      ...asked,
      witnesses,
      phase: fast ? "FastPathActive" : "FallbackActive",
      votes: [],
      commit: null,
      fallbackTimer: !fast,
      equivocators: [],
    },
  };
};

const voteProblem = (instance: ConsensusInstance, { witness }: Vote): string | undefined => {
  if (!instance.witnesses.includes(witness)) return `${witness} is not a witness`;
  if (instance.votes.some((vote) => vote.witness === witness)) return `${witness} already voted`;
  if (!isActive(instance)) return `the instance is ${instance.phase}`;
  return instance.equivocators.includes(witness) ? `${witness} equivocated` : undefined;
};

/** Counts a vote; the one that makes the threshold commits. */
export const applyVote = (instance: ConsensusInstance, vote: Vote): Transition => {
  const problem = voteProblem(instance, vote);
  if (problem !== undefined) return refused("vote", problem);
  const next = { ...instance, votes: [...instance.votes, vote] };
  const result = decided(next);
  return { ok: true, instance: result === undefined ? next : committed(next, result) };
};

/** The fast path took too long. */
export const triggerFallback = (instance: ConsensusInstance): Transition =>
  instance.phase === "FastPathActive"
    ? { ok: true, instance: { ...instance, phase: "FallbackActive", fallbackTimer: true } }
    : refused("fallback", `the instance is ${instance.phase}`);

/** The votes of a batch that count: of honest witnesses who have not voted, the first of each. */
const freshVotes = (instance: ConsensusInstance, votes: readonly Vote[]): readonly Vote[] =>
  votes.filter(
    (vote, index) =>
      voteProblem(instance, vote) === undefined &&
      votes.findIndex(({ witness }) => witness === vote.witness) === index,
  );

/**
 * Votes that came by way of others. Only those of honest witnesses who have
 * not voted count, each once; a batch that would make the threshold is
 * refused, since `completeByFallback` says so in its own name.
 */
export const gossipVotes = (instance: ConsensusInstance, votes: readonly Vote[]): Transition => {
  if (instance.phase !== "FallbackActive") return refused("gossip", `the instance is ${instance.phase}`);
  const fresh = freshVotes(instance, votes);
  if (fresh.length === 0) return refused("gossip", "no vote in it counts");
  const next = { ...instance, votes: [...instance.votes, ...fresh] };
  return decided(next) === undefined
    ? { ok: true, instance: next }
    : refused("gossip", "threshold reached, use complete_via_fallback");
};

/** Commits a result that the fallback found enough votes for. */
export const completeByFallback = (
  instance: ConsensusInstance,
  result: Hash,
  votes: readonly Vote[] = [],
): Transition => {
  if (instance.phase !== "FallbackActive") return refused("complete", `the instance is ${instance.phase}`);
  const next = { ...instance, votes: [...instance.votes, ...freshVotes(instance, votes)] };
  const count = votesFor(next, result).length;
  return count >= instance.threshold
    ? { ok: true, instance: committed(next, result) }
    : refused("complete", `${count} of ${instance.threshold} votes`);
};

export const failConsensus = (instance: ConsensusInstance): Transition =>
  instance.phase === "Committed" || instance.phase === "Failed"
    ? refused("fail", `the instance is ${instance.phase}`)
    : { ok: true, instance: { ...instance, phase: "Failed", fallbackTimer: false } };

/** A witness shown to have voted two ways counts no more, here or later. A decision stands. */
export const excludeEquivocator = (instance: ConsensusInstance, witness: string): ConsensusInstance =>
  instance.phase === "Committed" ||
  instance.equivocators.includes(witness) ||
  !instance.witnesses.includes(witness)
    ? instance
    : {
        ...instance,
        equivocators: [...instance.equivocators, witness],
        votes: instance.votes.filter((vote) => vote.witness !== witness),
      };

/** What must hold of every instance; the sentences of what does not. */
export const brokenInvariants = (instance: ConsensusInstance): readonly string[] => {
  const { threshold, witnesses, votes, equivocators, phase, commit } = instance;
  const rules: readonly (readonly [boolean, string])[] = [
    [threshold >= 1, "the threshold is at least one"],
    [witnesses.length >= threshold, "there are as many witnesses as the threshold"],
    [votes.every(({ witness }) => witnesses.includes(witness)), "votes are of witnesses"],
    [equivocators.every((name) => witnesses.includes(name)), "equivocators are witnesses"],
    [new Set(votes.map(({ witness }) => witness)).size === votes.length, "a witness votes once"],
    [(phase === "Committed") === (commit !== null), "a commit is there exactly when it is committed"],
    [
      commit === null || votesFor(instance, commit.result).length >= threshold,
      "what was committed had the votes",
    ],
    [
      phase !== "Committed" || votes.every(({ witness }) => !equivocators.includes(witness)),
      "no equivocator's vote decided",
    ],
  ];
  return rules.filter(([holds]) => !holds).map(([, rule]) => rule);
};

/** Whether every witness has said nonces for this epoch that are still fresh. */
export const canTakeFastPath = (
  witnesses: readonly string[],
  cached: ReadonlyMap<string, number>,
  epoch: number,
  window: number,
): boolean =>
  witnesses.every((witness) => {
    const said = cached.get(witness);
    return said !== undefined && epoch >= said && epoch - said < window;
  });
