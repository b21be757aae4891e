import { runStory, type Scenario, type SimulationResult, type SweepRow } from "@parley/runtime/simulation";
import type { RunView } from "./simulation.ts";

/** Steps that are shown of one run. */
const STEPS = 1_000;

const harm: ReadonlySet<string> = new Set([
  "dropped",
  "delayed",
  "arrived",
  "corrupted",
  "replaced",
  "crashed",
]);

const titleOf = ({ seed, bindings }: SweepRow): string =>
  bindings.length === 0 ? `seed ${seed}` : bindings.map(({ axis, value }) => `${axis} = ${value}`).join(", ");

/** A finished run as it is shown. */
export const runView = (row: SweepRow, scenario: Scenario, result: SimulationResult): RunView => {
  const story = runStory(result);
  return {
    row,
    title: titleOf(row),
    story: story.slice(0, STEPS),
    more: Math.max(0, story.length - STEPS),
    monitors: scenario.properties.map(({ name }) => {
      const broken = result.violations.find(({ property }) => property === name);
      return { name, held: broken === undefined, details: broken?.details ?? "", at: broken?.at };
    }),
    unused: result.unusedRows,
    statistics: result.statistics,
    decisions: result.decisions.length,
    harmed: result.incidents.filter(({ kind }) => harm.has(kind)).length,
  };
};
