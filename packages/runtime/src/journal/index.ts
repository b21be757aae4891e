/** The journal: facts with identity and a total order, replicas that join by union, one canonical root. */
export { compareBytes, compareText, isHash, zeroHash } from "./byte-order.ts";
export { type EdgeFactPayload, type EdgeFactRequest, edgeFact, edgeFactType } from "./edge-fact.ts";
export { edgeFacts } from "./edge-facts.ts";
export { compareFacts, contentIdentity, contentOrder, factId } from "./fact-id.ts";
export { type InclusionProof, type ProofStep, proofSteps, prove, verifyProof } from "./inclusion-proof.ts";
export {
  addFact,
  addFacts,
  emptyJournal,
  factOf,
  factsInOrder,
  type Joined,
  type Journal,
  type JournalNamespace,
  join,
  journalEntries,
  journalRoot,
  journalSize,
  type NamespaceMismatch,
} from "./journal.ts";
export { payloadIdentity, utf8Text } from "./payload-identity.ts";
export {
  foldReplicas,
  noReplicas,
  type ReplicaSummary,
  type Replicas,
  reachable,
  replicaJournal,
  replicaSummaries,
  replicasAgree,
} from "./replicas.ts";
export {
  bucketLimit,
  emptyTree,
  entriesOf,
  holds,
  insert,
  lookUp,
  type RootTree,
  root,
  treeOf,
  treeSize,
} from "./root-tree.ts";
export { difference, type TreeDifference, union } from "./tree-difference.ts";
