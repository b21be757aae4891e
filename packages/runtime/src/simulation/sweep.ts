import { type RawScenario, setPath } from "./raw-scenario.ts";
import { readScenario } from "./read-scenario.ts";
import type { Scenario } from "./scenario.ts";
import { type ScenarioError, scenarioError } from "./scenario-error.ts";

/** A key of the scenario and the values it takes in turn. */
export interface SweepAxis {
  readonly path: string;
  readonly values: readonly unknown[];
}

export interface SweepPlan {
  /** Seeds, the outermost axis; absent keeps the scenario's own. */
  readonly seeds?: readonly bigint[];
  readonly axes: readonly SweepAxis[];
}

export interface Binding {
  readonly axis: string;
  readonly value: string;
}

/** One run to make. */
export interface SweepRun {
  readonly index: number;
  readonly bindings: readonly Binding[];
  readonly raw: RawScenario;
  readonly scenario:
    | { readonly ok: true; readonly scenario: Scenario }
    | { readonly ok: false; readonly errors: readonly ScenarioError[] };
}

/** The values of a run: the place of its index in the product, the last axis turning fastest. */
const valuesAt = (axes: readonly SweepAxis[], index: number): readonly unknown[] => {
  const values: unknown[] = [];
  let rest = index;
  for (const axis of [...axes].reverse()) {
    values.unshift(axis.values[rest % axis.values.length]);
    rest = Math.floor(rest / axis.values.length);
  }
  return values;
};

const isBudget = (path: string): boolean => /^adversaries\..+\.budget\.total$/.test(path);

const nowhere = (path: string): ScenarioError => {
  const adversary = /^adversaries\.([^.]+)/.exec(path)?.[1];
  return scenarioError(
    "bad-parameter",
    path,
    adversary === undefined ? `the scenario has no ${path}` : `missing adversary id ${adversary}`,
    "Name a key of the scenario, such as network.loss_probability or adversaries.<id>.budget.total.",
  );
};

/** How many runs a sweep has. */
export const sweepSize = ({ seeds, axes }: SweepPlan): number =>
  axes.reduce((size, { values }) => size * values.length, seeds?.length ?? 1);

/** The axes of a sweep with the seeds before them. */
const allAxes = ({ seeds, axes }: SweepPlan): readonly SweepAxis[] =>
  seeds === undefined ? axes : [{ path: "seed", values: seeds }, ...axes];

/** One run of a sweep by its index, for whoever makes only some of them. */
export const sweepRunAt = (raw: RawScenario, plan: SweepPlan, index: number): SweepRun => {
  const axes = allAxes(plan);
  const values = valuesAt(axes, index);
  let bound: RawScenario | undefined = raw;
  let lost: string | undefined;
  for (const [i, { path }] of axes.entries()) {
    const next: RawScenario | undefined = bound && setPath(bound, path, values[i]);
    if (bound !== undefined && next === undefined) lost = path;
    bound = next;
  }
  return {
    index,
    bindings: axes.map(({ path }, i) => ({ axis: path, value: String(values[i]) })),
    raw: bound ?? raw,
    scenario:
      lost === undefined
        ? readScenario(bound, { zeroBudgets: axes.some(({ path }) => isBudget(path)) })
        : { ok: false, errors: [nowhere(lost)] },
  };
};

/**
 * Every run of a sweep: the product of its axes, the first outermost. Only
 * names the runs; whoever asks makes them, anywhere and in any order.
 *
 * @example [...sweepRuns(raw, { seeds: [1n, 2n], axes: [] })].length // 2
 */
export function* sweepRuns(raw: RawScenario, plan: SweepPlan): Generator<SweepRun> {
  const size = sweepSize(plan);
  for (let index = 0; index < size; index += 1) yield sweepRunAt(raw, plan, index);
}
