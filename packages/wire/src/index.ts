export { canonicalHead } from "./canonical/write.ts";
export { type Canonical, decodeCanonical, encodeCanonical } from "./canonical.ts";
export type { Actor } from "./entry/actor.ts";
export type {
  AuthorityInput,
  Charge,
  HandoffSignature,
  Leakage,
  PublicKey,
  ReceiptBatch,
  TokenCheck,
  TokenRecord,
  TokenScope,
} from "./entry/authority-input.ts";
export type {
  AnswerSource,
  CeremonyHandshake,
  CeremonyInput,
  CeremonyKind,
  CeremonyRequest,
  CeremonyRuntime,
  CommitFact,
  GroupKey,
  NonceCommitment,
  Participant,
  SignatureShare,
  SupersessionReason,
  ThresholdSignature,
} from "./entry/ceremony-input.ts";
export type { ContextInput } from "./entry/context-input.ts";
export type { DeclaredFactType, DeclaredField, DeclaredTime } from "./entry/declared-fact-type.ts";
export {
  chainHash,
  decodeEntry,
  type Effect,
  ENTRY_VERSION,
  type Entry,
  type EntryError,
  encodeEntry,
  type StoredEntry,
  type StreamKind,
} from "./entry/entry.ts";
export type { BlockReason, Edge, Fault, MachineEvent } from "./entry/event.ts";
export type { Fact, FactContent, FactEnvelope, TimeStamp, TreeOp } from "./entry/fact.ts";
export { type HandoffStage, handoffStages } from "./entry/handoff-stage.ts";
export type {
  ClockMode,
  DecisionPolicy,
  Drive,
  ForkPin,
  PinnedImport,
  SeatBinding,
  SessionExecution,
  SessionInput,
  SessionPin,
  SessionRuntime,
  SessionScript,
  StepRef,
  StreamInput,
  WorkspaceInput,
} from "./entry/input.ts";
export type { GuardVerdict, LegsChecked, Read, Source } from "./entry/read.ts";
export type {
  ComposedBundle,
  LinkBoundary,
  LinkedManifest,
  OwnerCapability,
  OwnerScope,
  ReconfigurationInput,
  RuntimeUpgradeRequest,
  SessionDelegationTransfer,
  SessionFootprint,
  UpgradeCompatibility,
  UpgradeStep,
} from "./entry/reconfiguration-input.ts";
export type {
  Composition,
  CompositionEvent,
  EquivocationEvidence,
  MigrationError,
  MigrationEvent,
  Phase,
  PhaseOpening,
  PhaseResult,
  ProgramEffect,
  ProgramStep,
  ServicesInput,
} from "./entry/services-input.ts";
export {
  type RecordedStatus,
  type SessionDeadline,
  type SessionRow,
  statusAfter,
  type TimerChange,
  timerChanges,
} from "./entry/session-row.ts";
export { unit, type Value } from "./entry/value.ts";
export {
  type Hash,
  hashBytes,
  hashDomain,
  hashText,
  hashTexts,
  hashValue,
  type RunningHash,
  runningHash,
} from "./hash.ts";
export {
  type CanonicalError,
  type CanonicalResult,
  decodeStrict,
  decodeTrusted,
} from "./strict-canonical.ts";
