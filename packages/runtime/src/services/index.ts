/** What surrounds sessions: composition, migration, handshake between versions, resilience. */
export {
  type CompositionProblem,
  compositionProblem,
  Program,
  type ProgramBuilder,
  phasesOf,
} from "./composition/composition.ts";
export {
  type CompositionAsk,
  type CompositionOutcome,
  type CompositionRun,
  compositionAsks,
  compositionDeadline,
  notUndone,
  type PhaseState,
  startComposition,
  stepComposition,
} from "./composition/run.ts";
export { type AuthenticationResult, authentication, shippedCompositions } from "./composition/shipped.ts";
export {
  acceptHandshake,
  answerHandshake,
  type HandshakeError,
  type HandshakeNode,
  type HandshakeRequest,
  type HandshakeResponse,
  handshakeCapabilities,
  handshakeErrorText,
  negotiateVersion,
  type PeerVersion,
  sharedCapabilities,
} from "./handshake/handshake.ts";
export { compareVersions, parseVersion, showVersion, type Version } from "./handshake/version.ts";
export {
  type FactMigration,
  type FactPayload,
  type FactSchema,
  type FactsState,
  factMigration,
  type ReadFact,
  readAt,
} from "./migration/fact-schema.ts";
export {
  latestVersion,
  type Migration,
  type MigrationContext,
  migrationErrorText,
  migrationPath,
  needsMigration,
} from "./migration/migration.ts";
export {
  type DryRun,
  foldMigration,
  idleRun,
  type MigrationPhase,
  type MigrationRun,
  nextMigrationEvent,
  planMigration,
  validateMigration,
} from "./migration/run-migration.ts";
export { failingHalfWay, shippedSchemas } from "./migration/shipped.ts";
export { type Backoff, backoffDelay, backoffProblem } from "./resilience/backoff.ts";
export {
  admitRequest,
  type BreakerPolicy,
  type CircuitBreakerOpen,
  type CircuitState,
  closedCircuit,
  defaultBreakerPolicy,
  settleRequest,
} from "./resilience/circuit-breaker.ts";
export {
  type OperationFailed,
  startTransaction,
  stepTransaction,
  type TransactionEvent,
  type TransactionState,
  transactionAsks,
} from "./resilience/compensation.ts";
export {
  defaultRetryPolicy,
  type RetryError,
  type RetryEvent,
  type RetryPolicy,
  type RetryState,
  retryDelay,
  startRetry,
  stepRetry,
} from "./resilience/retry.ts";
export {
  admitSync,
  type SyncPair,
  type SyncTry,
  stepSyncPair,
  syncDue,
  syncPolicy,
  UNREACHABLE,
} from "./resilience/sync-pair.ts";
