/** Agreement of witnesses on one operation, bound to a prestate, with evidence of who voted two ways. */
export { type CommitProblem, commitProblem, commitTranscript } from "./commit-fact.ts";
export {
  type EquivocationDetector,
  type EquivocationProof,
  emptyDetector,
  evidenceSince,
  isProof,
  mergeEvidence,
  noteVote,
  proofId,
} from "./equivocation.ts";
export {
  applyVote,
  brokenInvariants,
  type CommitRecord,
  type ConsensusInstance,
  type ConsensusPhase,
  canTakeFastPath,
  completeByFallback,
  excludeEquivocator,
  failConsensus,
  gossipVotes,
  type NotEnabled,
  startConsensus,
  type Transition,
  triggerFallback,
  type Vote,
} from "./instance.ts";
export {
  bindOperation,
  consensusId,
  MAX_PRESTATE_AUTHORITIES,
  type Prestate,
  type PrestateError,
  prestateError,
  prestateHash,
} from "./prestate.ts";
