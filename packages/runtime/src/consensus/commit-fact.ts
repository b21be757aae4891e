import type { CommitFact } from "@parley/wire";
import { signingTranscript, verifyGroupSignature } from "../threshold/index.ts";

/** What is wrong with a commit; each sentence is the source's. */
export interface CommitProblem {
  readonly code: "PAR8931";
  readonly variant: "InvalidCommit";
  readonly reason: string;
}

/** What the signature is over: bound to the agreement, its prestate, its operation and how many were needed. */
export const commitTranscript = (
  fact: Pick<CommitFact, "consensus_id" | "prestate_hash" | "operation_hash" | "threshold">,
): Uint8Array => {
  const { consensus_id, prestate_hash, operation_hash, threshold } = fact;
  return signingTranscript("aura.consensus.commit", 1, {
    consensus_id,
    prestate_hash,
    operation_hash,
    threshold,
  });
};

/** Checks a commit by itself, in the browser too: enough distinct participants, a key, its signature. */
export const commitProblem = (fact: CommitFact): CommitProblem | undefined => {
  const because = (reason: string): CommitProblem => ({ code: "PAR8931", variant: "InvalidCommit", reason });
  if (fact.participants.length < fact.threshold) return because("Insufficient participants for threshold");
  if (new Set(fact.participants).size !== fact.participants.length) return because("Duplicate participants");
  if (fact.group_public_key === null) return because("Missing group public key for verification");
  const { signature } = fact.threshold_signature;
  return verifyGroupSignature(fact.group_public_key, commitTranscript(fact), signature)
    ? undefined
    : because("The signature is not the group's over this decision");
};
