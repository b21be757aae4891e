/** The protocol machine: compile, open, plan, commit, control, inspect, hash, snapshot. */
export { compile } from "./code/compile.ts";
export {
  type CodeImage,
  compileImage,
  decodeImage,
  encodeImage,
  IMAGE_VERSION,
  type ImageError,
  type ImageSource,
  imageId,
  imageOf,
} from "./code/image.ts";
export type { Instruction, LabelTarget } from "./code/instruction.ts";
export { type ListingLine, listing } from "./code/listing.ts";
export { type Branch, END, type Program, type TypeState } from "./code/program.ts";
export { compareRoles } from "./code/role-order.ts";
export { matchesType, type ValueType, valueTypeOf, wireSize } from "./code/value-type.ts";
export { commit, type RoundOutcome } from "./commit.ts";
export {
  configProblem,
  defaultConfig,
  type FlowPolicy,
  type FullPolicy,
  type MachineConfig,
  type OutputPolicy,
  type SchedulerPolicy,
} from "./config.ts";
export {
  type ControlError,
  type ControlResult,
  cancelSession,
  closeSession,
  type Injection,
  inject,
  pauseRole,
  reapSession,
  resumeRole,
} from "./controls.ts";
export type { Frame } from "./frame-queue.ts";
export { type MachineHashes, machineHashes, protocolHash, stateHash } from "./hash.ts";
export {
  type CoroutineView,
  type EdgeView,
  type Enabled,
  type EndpointRef,
  enabled,
  inspectCoroutine,
  inspectCoroutines,
  inspectEdges,
  inspectProgram,
  inspectSessions,
  type LocalTypeView,
  type ScopeView,
  type SessionView,
  type Waiting,
} from "./inspect.ts";
export {
  type Nested,
  type NestedFailure,
  type NestedSite,
  nestedStep,
  stepSite,
} from "./nested.ts";
export { createMachine, type OpenError, type OpenResult, openSession } from "./open.ts";
export { type Plan, plan } from "./plan.ts";
export {
  DEFAULT_WINDOW,
  inspectProgress,
  type ProgressView,
  progressCodes,
  progressTimer,
} from "./progress.ts";
export type {
  Answers,
  DecisionOption,
  DecisionRequest,
  EffectRequest,
  GuardAnswer,
  GuardRequest,
  PayloadRequest,
  Request,
} from "./request.ts";
export type { EventSink } from "./round.ts";
export { SEMANTICS } from "./semantics.ts";
export { cloneMachine, decodeMachine, encodeMachine, type SnapshotError } from "./snapshot.ts";
export type { Coroutine, CoroutineStatus, Machine, Session, SessionStatus, Timer } from "./state.ts";
export { cancelScope, expireTimer, nextDeadline, runningTimers, type TimerError } from "./timers.ts";
export { applyTopology, type TopologyEvent } from "./topology.ts";
export { wakeDenied, wakeFor } from "./wake.ts";
