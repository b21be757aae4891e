import { printScenarioToml } from "@parley/protocols";
import {
  asTest,
  makeRun,
  minimise,
  type RawScenario,
  type SweepPlan,
  type SweepSummary,
  sweepRunAt,
} from "@parley/runtime/simulation";
import type { LoadedProtocol } from "./load-protocol.ts";
import { writeText } from "./write-text.ts";

/** Shrinks the first failing run and writes it as a scenario that fails the same way, expected to. */
export const writeMinimised = (
  out: string,
  plan: SweepPlan,
  protocol: LoadedProtocol,
  raw: RawScenario,
  summary: SweepSummary,
): string => {
  const failing = summary.rows.find(({ passed, outcome }) => !passed && outcome !== "refused");
  if (failing === undefined) return "no run failed: nothing to minimise";
  const run = sweepRunAt(raw, plan, failing.index);
  const image = run.scenario.ok ? protocol.imageFor(run.scenario.scenario) : run.scenario;
  const found = image.ok ? minimise(image.image, run.raw) : undefined;
  if (found?.ok !== true) return `run ${failing.index} could not be minimised`;
  const { minimised } = found;
  writeText(out, printScenarioToml(minimised.raw));
  const left = minimised.elements.length;
  return `${out}: ${left} ${left === 1 ? "element" : "elements"} left of run ${failing.index}, after ${minimised.runs} runs`;
};

/** Writes the first run as a scenario that expects what it showed. */
export const saveTest = (
  out: string,
  plan: SweepPlan,
  protocol: LoadedProtocol,
  raw: RawScenario,
): string => {
  const run = sweepRunAt(raw, plan, 0);
  const { result } = makeRun(run, protocol.imageFor);
  if (result === undefined) return "the first run was refused: nothing to save";
  writeText(out, printScenarioToml(asTest(run.raw, result)));
  return `${out}: expects ${result.outcome}`;
};
