/** The journal: facts with identity and a total order, replicas that join by union, one canonical root. */

export {
  type AntiEntropyResult,
  executeAntiEntropy,
  type JournalCoordinator,
  journalCoordinator,
  type LocalPeer,
  localPeer,
  type SingleJournal,
  type SyncEffects,
  syncReplicas,
} from "./anti-entropy.ts";
export {
  type BloomError,
  type BloomFilter,
  type BloomShape,
  bloomBitLimit,
  bloomFault,
  bloomHas,
  bloomOf,
  bloomOutgrown,
  bloomPresets,
  bloomRate,
  optimalBloom,
} from "./bloom-filter.ts";
export { compareBytes, compareText, isHash, zeroHash } from "./byte-order.ts";
export {
  type AgreementMode,
  type CeremonyFact,
  type CeremonyMeta,
  ceremonyId,
  ceremonyTimestampMs,
  ceremonyVariants,
  type OwnCeremonyFact,
  readCeremonyFact,
} from "./ceremony-fact.ts";
export {
  type CeremonyFamily,
  type CeremonyFamilyOptions,
  ceremonyFamily,
  type StatusView,
} from "./ceremony-family.ts";
export {
  type CeremonyStatus,
  ceremonyOrder,
  ceremonyStatus,
  type FactOfCeremony,
} from "./ceremony-status.ts";
export {
  compareDigests,
  type DigestStatus,
  type JournalDigest,
  type OperationRequest,
  operationHash,
  pushSlice,
  requestFor,
} from "./digest-comparison.ts";
export { type EdgeFactPayload, type EdgeFactRequest, edgeFact, edgeFactType } from "./edge-fact.ts";
export { edgeFacts } from "./edge-facts.ts";
export {
  decodeFactPayload,
  type EnvelopeError,
  type EnvelopeResult,
  type EnvelopeSchema,
  encodeFactPayload,
  envelopeBytes,
  payloadLimit,
  readEnvelope,
  tryFactPayload,
} from "./fact-envelope.ts";
export {
  type FactChecks,
  type FactFault,
  type FactQuestion,
  factFault,
  receiptMessage,
} from "./fact-fault.ts";
export { compareFacts, contentIdentity, contentOrder, factId } from "./fact-id.ts";
export {
  type AckCollection,
  type Acknowledgment,
  type AckStorage,
  type Agreement,
  acknowledge,
  addMarked,
  agreementIsSafe,
  agreementStrength,
  agreementText,
  collectAcks,
  type FactMarks,
  type FactNotFound,
  freshMarks,
  isDelivered,
  type Marked,
  type MarkedJournal,
  marksOf,
  mergeAcks,
  type Propagation,
  propagationOf,
  propagationProgress,
  unmarked,
  updateMarks,
} from "./fact-marks.ts";
export { type FactReducer, factReducers } from "./fact-reducer.ts";
export {
  buildFactRegistry,
  type FactRegistry,
  type RegistryError,
  type RegistryResult,
  readTypedPayload,
  reduceTyped,
  type TypedPayload,
  type TypedViews,
} from "./fact-registry.ts";
export {
  type FactField,
  type FactTypeDefinition,
  type FieldMismatch,
  payloadFault,
  type TimeDeclaration,
  type WideTime,
  wideTimes,
} from "./fact-type.ts";
export { ceremonyFamilies, firstPartyFactTypes } from "./fact-types.ts";
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
export { type FactTime, type MadeFact, makeFact } from "./make-fact.ts";
export { payloadIdentity, utf8Text } from "./payload-identity.ts";
export {
  type ProtocolFactFault,
  type ProtocolVariant,
  protocolFactFault,
  protocolVariants,
} from "./protocol-variants.ts";
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
export { subtreeAt } from "./subtree.ts";
export { type Merged, mergeBatch } from "./sync-batch.ts";
export { defaultSyncConfig, type SyncConfig } from "./sync-config.ts";
export {
  type HeldFilter,
  heldElement,
  type PartDigest,
  readSyncMessage,
  type SyncBatch,
  type SyncDigest,
  type SyncError,
  type SyncMessage,
  type SyncRefusal,
  type SyncRequest,
  syncMessageBytes,
  syncSchema,
} from "./sync-message.ts";
export { nextMessage, onReply, resumeSync, type SyncState, startSync } from "./sync-requester.ts";
export { type Answered, answerSync, type SyncSide } from "./sync-responder.ts";
export {
  compareDomains,
  compareTimes,
  narrowestDomain,
  sortTimes,
  type TimeDomain,
  type TimeFault,
  type TimeNeed,
  type TimePolicy,
  type TimeRelation,
  timeBytes,
  timeDomains,
  timeFault,
  timeIndex,
  timeIndexText,
} from "./time-stamp.ts";
export { difference, type TreeDifference, union } from "./tree-difference.ts";
