import { answer } from "@parley/conformance";
import { analyse, bind, type Imports, projectAll } from "@parley/core";
import { compileImage } from "@parley/runtime/machine";
import { renderImageRuns } from "@parley/runtime/reference";
import { FINDINGS, OK } from "../report/exit.ts";
import { readCase } from "../report/input.ts";

export interface Numbers {
  readonly families: Readonly<Record<string, number>>;
  readonly names: Readonly<Record<string, number>>;
}

/**
 * The run of a program that has no core global type (`par`, broadcast,
 * families), from its own kernel; numbers that are not given are the sample's.
 */
const kernelRuns = (
  source: string,
  given: Numbers,
  imports: Imports | undefined,
): { readonly runs?: unknown } => {
  const { kernel, verdict, samples } = analyse(source, {}, imports);
  const sample = samples?.at(-1)?.bindings;
  if (kernel === undefined || verdict !== "sound") return {};
  const bound = bind(kernel, {
    families: { ...sample?.families, ...given.families },
    names: { ...sample?.names, ...given.names },
  });
  if (!bound.ok) return {};
  const locals = new Map(Object.entries(projectAll(bound.protocol).locals));
  return { runs: renderImageRuns(compileImage({ version: "", bindings: {}, locals })) };
};

/** Prints the golden form of a `.tell` file, or of a machine case, with its run by first labels. */
export const runGolden = (
  file: string,
  source: string,
  given: Numbers,
  imports: Imports | undefined,
): number => {
  const isCase = file.endsWith(".json");
  const golden = isCase ? readCase(file, () => answer("machine", source)) : answer("language", source);
  // The reference reads no imports: with them its runs are not those of the protocol.
  const known = isCase || (golden.runs !== undefined && imports === undefined);
  const whole = known ? golden : { ...golden, ...kernelRuns(source, given, imports) };
  console.log(JSON.stringify(whole, null, 1));
  return isCase || whole.runs !== undefined ? OK : FINDINGS;
};
