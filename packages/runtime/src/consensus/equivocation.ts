import { type Hash, hashValue } from "@parley/wire";

/** Two votes of one witness in one agreement upon one prestate, for different results. */
export interface EquivocationProof {
  readonly witness: string;
  readonly consensus: Hash;
  readonly prestate: Hash;
  readonly first: Hash;
  readonly second: Hash;
  /** Session time, ms, at which it was found. */
  readonly at: number;
}

/** What every witness voted for first, and every proof found, in order. */
export interface EquivocationDetector {
  readonly seen: ReadonlyMap<string, Hash>;
  readonly proofs: readonly EquivocationProof[];
}

export const emptyDetector: EquivocationDetector = { seen: new Map(), proofs: [] };

/** A proof holds when its two results differ. */
export const isProof = ({ first, second }: EquivocationProof): boolean => first !== second;

/** Two proofs that say the same of a witness are one. */
export const proofId = ({ witness, consensus, prestate, first, second }: EquivocationProof): Hash =>
  hashValue("parley.equivocation/1", [witness, consensus, prestate, ...[first, second].sort()]);

/** Notes a vote; answers a proof when the witness voted for something else before, upon the same prestate. */
export const noteVote = (
  detector: EquivocationDetector,
  vote: {
    readonly witness: string;
    readonly consensus: Hash;
    readonly prestate: Hash;
    readonly result: Hash;
    readonly at: number;
  },
): { readonly detector: EquivocationDetector; readonly proof?: EquivocationProof } => {
  const { witness, consensus, prestate, result, at } = vote;
  const key = JSON.stringify([witness, consensus, prestate]);
  const first = detector.seen.get(key);
  if (first === undefined)
    return { detector: { ...detector, seen: new Map(detector.seen).set(key, result) } };
  if (first === result) return { detector };
  const proof = { witness, consensus, prestate, first, second: result, at };
  return { detector: mergeEvidence(detector, [proof]), proof };
};

/** Takes proofs found elsewhere; what does not hold or is known changes nothing. */
export const mergeEvidence = (
  detector: EquivocationDetector,
  proofs: readonly EquivocationProof[],
): EquivocationDetector => {
  const known = new Set(detector.proofs.map(proofId));
  const fresh = proofs.filter((proof) => {
    const id = proofId(proof);
    if (!isProof(proof) || known.has(id)) return false;
    known.add(id);
    return true;
  });
  return fresh.length === 0 ? detector : { ...detector, proofs: [...detector.proofs, ...fresh] };
};

/** Proofs of one agreement that were found after a moment: what a message carries along. */
export const evidenceSince = (
  { proofs }: EquivocationDetector,
  consensus: Hash,
  after: number,
): readonly EquivocationProof[] =>
  proofs.filter((proof) => proof.consensus === consensus && proof.at > after);
