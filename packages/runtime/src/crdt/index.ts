/** Replicated data that converges: whole states, deltas, operations in causal order, constraints. */
export { type CausalOperation, type CommutativeHandler, commutativeHandler } from "./commutative.ts";
export {
  consensusConstraint,
  deviceCapability,
  resourceQuota,
  securityPolicy,
  timeWindow,
} from "./constraints.ts";
export { type ConvergentHandler, convergentHandler } from "./convergent.ts";
export {
  CrdtCoordinator,
  type CrdtError,
  type CrdtResult,
  type CrdtType,
  type SyncData,
  type SyncRequest,
  type SyncResponse,
} from "./coordinator.ts";
export { DELTA_THRESHOLD, type DeltaHandler, type DeltaLattice, deltaHandler } from "./delta.ts";
export {
  type ConstraintEvent,
  type ConstraintScope,
  type CounterRegression,
  constraintIn,
  constraintsAgree,
  type MeetHandler,
  meetHandler,
} from "./meet.ts";
export {
  allowedSet,
  type JoinSemilattice,
  type MeetSemilattice,
  mapOf,
  maxNumber,
  minNumber,
  recordOf,
  requiredSet,
  unionSet,
} from "./semilattice.ts";
export { covers, lamportOf, mergeClocks, tickClock, type VectorClock } from "./vector-clock.ts";
