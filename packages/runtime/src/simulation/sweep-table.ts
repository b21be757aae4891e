import type { CodeImage } from "../machine/code/image.ts";
import type { SimulationResult } from "./result.ts";
import type { RunEnd, Scenario } from "./scenario.ts";
import type { ScenarioError } from "./scenario-error.ts";
import { simulate } from "./simulate.ts";
import type { Binding, SweepRun } from "./sweep.ts";

/** One row of a sweep's table. */
export interface SweepRow {
  readonly index: number;
  readonly seed: string;
  readonly bindings: readonly Binding[];
  readonly outcome: RunEnd | "refused";
  readonly passed: boolean;
  /** Names of the properties that were violated. */
  readonly violations: readonly string[];
  readonly failures: readonly string[];
  readonly rounds: number;
  readonly clock: number;
  readonly sent: number;
  readonly received: number;
  readonly lost: number;
  readonly delayed: number;
  readonly corrupted: number;
  readonly crashes: number;
  readonly faults: number;
}

/** What a run comes to in the table. */
export const sweepRow = (run: Pick<SweepRun, "index" | "bindings">, result: SimulationResult): SweepRow => {
  const { statistics, verdict } = result;
  const { sent, received, lost, delayed, corrupted, replaced, crashes, faults } = statistics;
  return {
    index: run.index,
    seed: String(result.seed),
    bindings: run.bindings,
    outcome: result.outcome,
    passed: verdict.passed,
    violations: result.violations.map(({ property }) => property),
    failures: verdict.failures,
    rounds: result.rounds,
    clock: result.clock,
    sent,
    received,
    lost,
    delayed,
    corrupted: corrupted + replaced,
    crashes,
    faults,
  };
};

const refusedRow = (
  { index, bindings }: Pick<SweepRun, "index" | "bindings">,
  errors: readonly ScenarioError[],
): SweepRow => ({
  index,
  seed: bindings.find(({ axis }) => axis === "seed")?.value ?? "",
  bindings,
  outcome: "refused",
  passed: false,
  violations: [],
  failures: errors.map(({ code, path, reason }) => `${code} ${path}: ${reason}`),
  rounds: 0,
  clock: 0,
  sent: 0,
  received: 0,
  lost: 0,
  delayed: 0,
  corrupted: 0,
  crashes: 0,
  faults: 0,
});

/** Makes one run of a sweep. The image is asked for, since sizes of families may be swept too. */
export const makeRun = (
  run: SweepRun,
  imageFor: (
    scenario: Scenario,
  ) =>
    | { readonly ok: true; readonly image: CodeImage }
    | { readonly ok: false; readonly errors: readonly ScenarioError[] },
): { readonly row: SweepRow; readonly result?: SimulationResult } => {
  if (!run.scenario.ok) return { row: refusedRow(run, run.scenario.errors) };
  const { scenario } = run.scenario;
  const image = imageFor(scenario);
  if (!image.ok) return { row: refusedRow(run, image.errors) };
  const found = simulate(image.image, scenario);
  if (!found.ok) return { row: refusedRow(run, found.errors) };
  return { row: sweepRow(run, found.result), result: found.result };
};

/** A whole sweep in one table: rows in order of their index, whoever finished first. */
export interface SweepSummary {
  readonly runs: number;
  readonly passed: number;
  readonly failed: number;
  readonly outcomes: { readonly [outcome: string]: number };
  readonly violations: { readonly [property: string]: number };
  readonly rows: readonly SweepRow[];
}

const tally = (names: readonly string[]): { readonly [name: string]: number } => {
  const counts = new Map<string, number>();
  for (const name of [...names].sort()) counts.set(name, (counts.get(name) ?? 0) + 1);
  return Object.fromEntries(counts);
};

/** Folds rows, in any order, to the summary of the sweep. */
export const summarise = (rows: readonly SweepRow[]): SweepSummary => {
  const sorted = [...rows].sort((a, b) => a.index - b.index);
  const passed = sorted.filter((row) => row.passed).length;
  return {
    runs: sorted.length,
    passed,
    failed: sorted.length - passed,
    outcomes: tally(sorted.map(({ outcome }) => outcome)),
    violations: tally(sorted.flatMap(({ violations }) => violations)),
    rows: sorted,
  };
};
