/** Reachable states of projected roles, and what can go wrong in them: `@parley/core/explore`. */
export type {
  BufferUse,
  Counterexample,
  Exploration,
  ExploreOptions,
  FaultKind,
  Run,
  TraceStep,
  Waiting,
} from "./exploration.ts";
export { explore } from "./explore.ts";
export { follow } from "./follow.ts";
export { type Replayed, type RunningTimer, type RunPort, replayRun } from "./replay-run.ts";
export type { Silent } from "./role-machine.ts";
export { type ReplayInput, type ReplayInputs, sessionInputs } from "./session-inputs.ts";
export { type Answer, type Soundness, soundness } from "./soundness.ts";
export { stepWords } from "./step-words.ts";
export { walk } from "./walk.ts";
