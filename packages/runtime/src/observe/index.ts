/** Predicates over a session: what to stop at, watch, search for or never see: `@parley/runtime/observe`. */
export { checkPredicate } from "./check-predicate.ts";
export { type Evaluated, evaluate, holds, type UnknownFact } from "./evaluate.ts";
export { countEvents, type EventCounts, noCounts, type Observation } from "./observation.ts";
export {
  type Comparator,
  type ParsedPredicate,
  type Predicate,
  type PredicateError,
  parsePredicate,
} from "./predicate.ts";
