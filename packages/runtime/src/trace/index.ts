/** Runs as traces: normal forms, equivalence, divergence, causes: `@parley/runtime/trace`. */
export { type CausalOrder, type Cause, causalOrder, type TracedEvent } from "./causal-order.ts";
export {
  type Comparison,
  compareTraces,
  type DeterminismMode,
  type Divergence,
  firstDifference,
  type Trace,
} from "./compare-traces.ts";
export { commute, normalise } from "./normalise.ts";
export { sessionOf } from "./session-of.ts";
