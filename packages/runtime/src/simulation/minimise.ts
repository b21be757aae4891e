import type { CodeImage } from "../machine/code/image.ts";
import { concretise } from "./concretise.ts";
import { deltaDebug } from "./delta-debug.ts";
import { type RawScenario, setPath } from "./raw-scenario.ts";
import { readScenario } from "./read-scenario.ts";
import type { SimulationResult } from "./result.ts";
import type { RunEnd } from "./scenario.ts";
import { simulate } from "./simulate.ts";

/** What a run failed in, and what a smaller one must fail in too. */
export interface Failure {
  /** The property first violated; absent where the run only ended otherwise than expected. */
  readonly property: string | undefined;
  /** How the run ended: part of the failure when that is what shows it. */
  readonly outcome: RunEnd | undefined;
}

/** An item of one of the scenario's lists. */
export interface ScenarioElement {
  readonly list: "faults" | "adversaries" | "reconfigurations" | "decide" | "payload" | "links" | "network";
  readonly key: string;
  readonly item: unknown;
}

export interface Minimised {
  readonly raw: RawScenario;
  readonly result: SimulationResult;
  readonly failure: Failure;
  /** What is left, item by item: without any one of them the run does not fail so. */
  readonly elements: readonly ScenarioElement[];
  /** Runs made on the way. */
  readonly runs: number;
  /** Whether chance was replaced by what it did. */
  readonly concrete: boolean;
}

export type MinimiseResult =
  | { readonly ok: true; readonly minimised: Minimised }
  | { readonly ok: false; readonly reason: "does-not-fail" | "refused" };

const lists = ["faults", "adversaries", "reconfigurations", "decide", "payload"] as const;

const asList = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
const asTable = (value: unknown): RawScenario =>
  value !== null && typeof value === "object" && !Array.isArray(value) ? (value as RawScenario) : {};

/** Everything of a scenario that can be left out by itself. */
export const elementsOf = (raw: RawScenario): readonly ScenarioElement[] => [
  ...lists.flatMap((list) => asList(raw[list]).map((item, i) => ({ list, key: String(i), item }))),
  ...asList(asTable(raw.network).links).map((item, i) => ({ list: "links" as const, key: String(i), item })),
  ...Object.entries(asTable(raw.network))
    .filter(([key]) => key !== "links")
    .map(([key, item]) => ({ list: "network" as const, key, item })),
];

/** The scenario with these of its elements only. */
export const withElements = (raw: RawScenario, elements: readonly ScenarioElement[]): RawScenario => {
  const { network: _network, ...rest } = raw;
  const base: Record<string, unknown> = { ...rest };
  for (const list of lists) {
    const items = elements.filter((element) => element.list === list).map(({ item }) => item);
    if (items.length > 0) base[list] = items;
    else delete base[list];
  }
  const links = elements.filter(({ list }) => list === "links").map(({ item }) => item);
  const settings = elements.filter(({ list }) => list === "network").map(({ key, item }) => [key, item]);
  if (links.length + settings.length === 0) return base;
  return { ...base, network: { ...Object.fromEntries(settings), ...(links.length > 0 ? { links } : {}) } };
};

/** What a result failed in: its first violation, else how it ended against what was expected. */
export const failureOf = (result: SimulationResult): Failure | undefined => {
  const { violations, outcome, verdict } = result;
  const [first] = violations;
  if (first !== undefined)
    return { property: first.property, outcome: first.when === "end" ? outcome : undefined };
  return verdict.passed ? undefined : { property: undefined, outcome };
};

/** Runs candidates and remembers what they showed. */
class Trials {
  runs = 0;
  private readonly image: CodeImage;
  private readonly failure: Failure;
  private readonly onRun: ((runs: number) => void) | undefined;

  constructor(image: CodeImage, failure: Failure, onRun: ((runs: number) => void) | undefined) {
    this.image = image;
    this.failure = failure;
    this.onRun = onRun;
  }

  /** The result of a candidate if it fails in the same way. */
  failing(raw: RawScenario): SimulationResult | undefined {
    this.runs += 1;
    this.onRun?.(this.runs);
    const read = readScenario(raw);
    const found = read.ok ? simulate(this.image, read.scenario) : undefined;
    if (found?.ok !== true) return undefined;
    const { property, outcome } = this.failure;
    const { result } = found;
    if (outcome !== undefined && result.outcome !== outcome) return undefined;
    const same =
      property === undefined || result.violations.some((violation) => violation.property === property);
    return same ? result : undefined;
  }
}

/** Numbers that say how much of a thing there is; the smallest that still fails is kept. */
const shrinkable = (raw: RawScenario): readonly string[] => [
  ...asList(raw.faults).flatMap((row, i) => ("ms" in asTable(row) ? [`faults.${i}.ms`] : [])),
  ...asList(raw.adversaries).flatMap((row, i) => {
    const { action, budget } = asTable(row);
    const crash = asTable(action).type === "crash";
    return [
      ...(crash ? [] : [`adversaries.${i}.budget.total`]),
      ...Object.keys(asTable(action))
        .filter((key) => ["duration", "ticks", "delay_ticks"].includes(key))
        .map((key) => `adversaries.${i}.action.${key}`),
    ].filter((path) => !path.endsWith("total") || "total" in asTable(budget));
  }),
];

const numberAt = (raw: RawScenario, path: string): number | undefined => {
  let at: unknown = raw;
  for (const step of path.split(".")) at = (at as { readonly [key: string]: unknown } | undefined)?.[step];
  const value = typeof at === "bigint" ? Number(at) : at;
  return typeof value === "number" && Number.isInteger(value) ? value : undefined;
};

/** The smallest value from 1 that still fails, by halving the gap. */
const shrink = (raw: RawScenario, path: string, trials: Trials): RawScenario => {
  let [low, high] = [0, numberAt(raw, path) ?? 0];
  let best = raw;
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    const candidate = setPath(best, path, middle);
    if (candidate !== undefined && trials.failing(candidate) !== undefined) {
      best = candidate;
      high = middle;
    } else low = middle;
  }
  return best;
};

/** Rounds after the failure are left out, where the failure does not lie in how the run ended. */
const cutRounds = (raw: RawScenario, failure: Failure, trials: Trials): RawScenario => {
  const result = trials.failing(raw);
  const at = result?.violations.find(({ property }) => property === failure.property)?.round;
  if (failure.outcome !== undefined || at === undefined || at >= (result?.rounds ?? 0)) return raw;
  const shorter = { ...raw, steps: at + 1 };
  return trials.failing(shorter) === undefined ? raw : shorter;
};

/** Only the property that is broken is watched, and what is expected is dropped. */
const lean = (raw: RawScenario): RawScenario => {
  const { expect: _expect, checkpoint_interval: _interval, ...rest } = raw;
  return rest;
};

/**
 * Shrinks a failing run to one from which nothing can be left out. First
 * chance is replaced by what it did, so that the seed plays no part; then
 * faults, crashes, decisions and payloads are removed by delta debugging,
 * amounts shrunk and rounds cut, for as long as the run fails in the same way.
 * `onRun` is told of every run that is tried.
 */
export const minimise = (
  image: CodeImage,
  raw: RawScenario,
  onRun?: (runs: number) => void,
): MinimiseResult => {
  const read = readScenario(raw);
  const first = read.ok ? simulate(image, read.scenario) : undefined;
  if (first?.ok !== true) return { ok: false, reason: "refused" };
  const failure = failureOf(first.result);
  if (failure === undefined) return { ok: false, reason: "does-not-fail" };
  const trials = new Trials(image, failure, onRun);
  const start = failure.property === undefined ? raw : lean(raw);
  const plain = concretise(start, first.result);
  const concrete = trials.failing(plain) !== undefined;
  let best = concrete ? plain : start;
  // Shrinking an amount may make another element superfluous: again until nothing changes.
  for (let size = -1; size !== elementsOf(best).length; ) {
    size = elementsOf(best).length;
    const kept = deltaDebug(
      elementsOf(best),
      (elements) => trials.failing(withElements(best, elements)) !== undefined,
    );
    best = withElements(best, kept);
    for (const path of shrinkable(best)) best = shrink(best, path, trials);
    best = cutRounds(best, failure, trials);
  }
  const result = trials.failing(best);
  if (result === undefined) return { ok: false, reason: "refused" };
  return {
    ok: true,
    minimised: {
      raw: asTest(best, result),
      result,
      failure,
      elements: elementsOf(best),
      runs: trials.runs,
      concrete,
    },
  };
};

/**
 * A scenario that demands of its run what it showed: a saved test. It passes
 * for as long as the protocol behaves so.
 */
export const asTest = (raw: RawScenario, result: SimulationResult): RawScenario => ({
  ...raw,
  expect: {
    outcome: result.outcome,
    violations: result.violations.map(({ property }) => property),
  },
});
