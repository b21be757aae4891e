/** Simulated runs of a protocol in a world that goes wrong: `@parley/runtime/simulation`. */
export { checkAgainst } from "./check-against.ts";
export { type Checkpoint, nearestBefore } from "./checkpoint.ts";
export { type CheckpointError, decodeCheckpoint, encodeCheckpoint } from "./checkpoint-file.ts";
export { concretise } from "./concretise.ts";
export { type Fixed, readFixed } from "./fixed.ts";
export { type BoundImage, imagesOf } from "./images-of.ts";
export type { Incident } from "./incident.ts";
export {
  asTest,
  type Failure,
  failureOf,
  type Minimised,
  type MinimiseResult,
  minimise,
  type ScenarioElement,
} from "./minimise.ts";
export { namesOf } from "./names-of.ts";
export {
  type NestedPlan,
  type NestedResult,
  type NestedSimulated,
  simulateNested,
} from "./nested.ts";
export { type Played, type PlayPort, playReplay } from "./play-replay.ts";
export { type RawScenario, setPath } from "./raw-scenario.ts";
export { type ReadScenario, readScenario, scenarioKeys, tomlError } from "./read-scenario.ts";
export { type Replayed, replaySimulation } from "./replay.ts";
export {
  encodeResult,
  resultHash,
  type SimulationResult,
  type SimulationStatistics,
  type SimulationVerdict,
} from "./result.ts";
export { runStory, type StoryStep } from "./run-story.ts";
export type {
  Adversary,
  Expectation,
  FaultRow,
  NetworkModel,
  Property,
  Reconfiguration,
  RunEnd,
  Scenario,
  Trigger,
} from "./scenario.ts";
export {
  type ScenarioError,
  type ScenarioErrorKind,
  scenarioCodes,
  scenarioError,
} from "./scenario-error.ts";
export { type ScenarioFinding, scenarioFindings, tomlFinding } from "./scenario-findings.ts";
export {
  completeScenario,
  hoverScenario,
  type ScenarioCompletion,
  type ScenarioHover,
  type ScenarioNames,
} from "./scenario-help.ts";
export {
  firstScenario,
  insertPart,
  type PartEdit,
  type ScenarioPart,
  scenarioName,
  scenarioParts,
} from "./scenario-parts.ts";
export { type SchemaKey, scenarioSchema, schemaKeyAt, schemaKeysIn } from "./scenario-schema.ts";
export { happeningOf, type SessionReplay, type SessionStep, sessionReplay } from "./session-replay.ts";
export type { MadeDecision, SimulatedEvent } from "./sim-state.ts";
export { resumeSimulation, type Simulated, Simulation, simulate, startSimulation } from "./simulate.ts";
export {
  type Binding,
  type SweepAxis,
  type SweepPlan,
  type SweepRun,
  sweepRunAt,
  sweepRuns,
  sweepSize,
} from "./sweep.ts";
export {
  type Bin,
  type ChartCell,
  classOf,
  distribution,
  type RunClass,
  type SweepChart,
  sweepChart,
  sweepCsv,
} from "./sweep-chart.ts";
export { makeRun, type SweepRow, type SweepSummary, summarise, sweepRow } from "./sweep-table.ts";
export { MAX_RUNS, type ReadSweepText, readAxis, readSeeds } from "./sweep-text.ts";
export { resolveProfile, type TheoremProfile } from "./theorem-profile.ts";
export { type TomlPlace, TomlPlaces, type TomlSpan } from "./toml-places.ts";
export type { Violation } from "./violation.ts";
