import { analyse, bind, projectAll } from "@parley/core";
import { type CodeImage, compileImage } from "../machine/code/image.ts";
import type { RawScenario } from "../simulation/raw-scenario.ts";
import { readScenario } from "../simulation/read-scenario.ts";
import type { SimulationResult } from "../simulation/result.ts";
import type { Scenario } from "../simulation/scenario.ts";
import { simulate } from "../simulation/simulate.ts";

/** The image of a text, its families bound to these sizes. */
export const imageOfText = (
  source: string,
  families: { readonly [family: string]: number } = {},
): CodeImage => {
  const { kernel } = analyse(source);
  if (kernel === undefined) throw new Error("the text has no kernel");
  const bound = bind(kernel, { families, names: {} });
  if (!bound.ok) throw new Error(bound.diagnostics.map(({ message }) => message).join());
  return compileImage({ version: "", locals: new Map(Object.entries(projectAll(bound.protocol).locals)) });
};

export const scenarioOf = (raw: RawScenario): Scenario => {
  const read = readScenario({ name: "test", ...raw });
  if (!read.ok) throw new Error(read.errors.map(({ path, reason }) => `${path}: ${reason}`).join("; "));
  return read.scenario;
};

/** The result of a scenario that fits its protocol. */
export const ran = (image: CodeImage, raw: RawScenario = {}): SimulationResult => {
  const found = simulate(image, scenarioOf(raw));
  if (!found.ok) throw new Error(found.errors.map(({ reason }) => reason).join("; "));
  return found.result;
};

/** The kinds of the events of a trace, or how often one occurs. */
export const kindsOf = ({ trace }: SimulationResult): readonly string[] =>
  trace.map(({ event }) => event.kind);
