import type {
  ScenarioFinding,
  ScenarioNames,
  SessionReplay,
  SimulationStatistics,
  StoryStep,
  SweepRow,
} from "@parley/runtime/simulation";
import type { StudioFile } from "../editor/worker-messages.ts";

/** The protocol that is simulated: its text, and what it may import from. */
export interface Simulated {
  readonly own: StudioFile;
  readonly files: readonly StudioFile[];
}

/** A sweep as it was written; empty `seeds` keep the scenario's own. */
export interface SweepForm {
  readonly seeds: string;
  readonly params: readonly { readonly path: string; readonly values: string }[];
}

/** One run of a sweep. A single run is the first of a sweep over nothing. */
export interface RunPlace {
  readonly form: SweepForm;
  readonly index: number;
}

export const SINGLE: RunPlace = { form: { seeds: "", params: [] }, index: 0 };

/** Sizes of open families, numbers of names. */
export interface Sizes {
  readonly families: { readonly [family: string]: number };
  readonly names: { readonly [name: string]: number };
}

/** What a scenario is, as far as it can be read. */
export interface ScenarioSummary {
  readonly findings: readonly ScenarioFinding[];
  readonly names: ScenarioNames;
  readonly isTest: boolean;
  /** Sizes and numbers the protocol is known to run with. */
  readonly sample: Sizes;
  /** It can be run. */
  readonly ready: boolean;
}

/** What became of one property. */
export interface MonitorVerdict {
  readonly name: string;
  readonly held: boolean;
  readonly details: string;
  /** Session time (ms) at which it broke. */
  readonly at: number | undefined;
}

/** A run as it is shown. */
export interface RunView {
  readonly row: SweepRow;
  readonly title: string;
  readonly story: readonly StoryStep[];
  /** Steps of the story that were left out at its end. */
  readonly more: number;
  readonly monitors: readonly MonitorVerdict[];
  readonly unused: readonly string[];
  readonly statistics: SimulationStatistics;
  readonly decisions: number;
  /** Messages and roles the world did something to. */
  readonly harmed: number;
}

/** A failing run, made as small as it gets. */
export interface MinimisedView {
  /** As a scenario that expects to fail so. */
  readonly toml: string;
  readonly name: string;
  readonly failure: string;
  readonly before: RunView;
  readonly after: RunView;
  /** What is left: one text an element. */
  readonly elements: readonly string[];
  readonly runs: number;
}

/** A saved test and what became of it. */
export interface TestOutcome {
  readonly name: string;
  readonly passed: boolean;
  /** What it expects, in words. */
  readonly expects: string;
  readonly failures: readonly string[];
}

export interface ReplayView extends Sizes {
  readonly replay: SessionReplay;
}

/** What a worker is asked; each after the protocol it is about. */
export type SimulationRequest =
  | { readonly kind: "protocol"; readonly protocol: Simulated }
  | { readonly kind: "read"; readonly text: string }
  | {
      readonly kind: "rows";
      readonly text: string;
      readonly form: SweepForm;
      readonly from: number;
      readonly to: number;
    }
  | { readonly kind: "run"; readonly text: string; readonly place: RunPlace }
  | { readonly kind: "minimise"; readonly text: string; readonly place: RunPlace }
  | { readonly kind: "replay"; readonly text: string; readonly place: RunPlace }
  | { readonly kind: "tests"; readonly tests: readonly { readonly name: string; readonly text: string }[] };

export type SimulationAnswer =
  | { readonly kind: "read"; readonly summary: ScenarioSummary }
  | { readonly kind: "rows"; readonly rows: readonly SweepRow[] }
  | { readonly kind: "run"; readonly run: RunView }
  | { readonly kind: "minimised"; readonly minimised: MinimisedView }
  | { readonly kind: "replay"; readonly view: ReplayView }
  | { readonly kind: "test"; readonly outcome: TestOutcome }
  | { readonly kind: "progress"; readonly runs: number }
  /** It cannot be done, and why. */
  | { readonly kind: "refused"; readonly why: string }
  /** Nothing more comes. */
  | { readonly kind: "done" };
