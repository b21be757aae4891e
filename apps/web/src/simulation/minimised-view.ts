import { printScenarioToml } from "@parley/protocols/scenario-toml";
import {
  asTest,
  type Minimised,
  type RawScenario,
  readScenario,
  type ScenarioElement,
  scenarioName,
} from "@parley/runtime/simulation";
import { runView } from "./run-view.ts";
import type { MinimisedView, RunView } from "./simulation.ts";

const part = (value: unknown): string => {
  if (typeof value === "string") return value;
  if (value === null || typeof value !== "object") return String(value);
  return Object.entries(value)
    .map(([key, inner]) => `${key} ${part(inner)}`)
    .join(" ");
};

/** An element that is left, in words: `faults: from A to B nth 0 do drop`. */
const elementText = ({ list, key, item }: ScenarioElement): string =>
  list === "network" ? `network: ${key} ${part(item)}` : `${list}: ${part(item)}`;

const nameOf = (raw: RawScenario, failure: string): string =>
  scenarioName(`${String(raw.name)} ${failure}`.slice(0, 60));

/** What minimising came to, beside the run it began with. */
export const minimisedView = (
  before: RunView,
  { raw, result, failure, elements, runs }: Minimised,
): MinimisedView => {
  const what = failure.property ?? `ends ${failure.outcome ?? result.outcome}`;
  const name = nameOf(raw, what);
  const test = asTest({ ...raw, name, title: `The shortest run found that fails: ${what}` }, result);
  const read = readScenario(test);
  if (!read.ok) throw new Error(`a minimised scenario cannot be read: ${read.errors[0]?.reason}`);
  const row = { ...before.row, bindings: [], rounds: result.rounds, clock: result.clock };
  return {
    toml: printScenarioToml(test),
    name,
    failure: what,
    before,
    after: { ...runView(row, read.scenario, result), title: name },
    elements: elements.map(elementText),
    runs,
  };
};
