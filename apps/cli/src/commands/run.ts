import { parseArgs } from "node:util";
import { readScenario, readScript, type Scenario, type Script } from "@parley/protocols";
import { UsageError } from "../report/exit.ts";
import { importsBeside } from "../report/imports.ts";
import { readFormat, readText } from "../report/input.ts";
import { runGolden } from "./run-golden.ts";
import { runPretty } from "./run-pretty.ts";

const DEFAULT_MAX = 10_000;

const wholeNumber = (text: string | undefined): number | undefined =>
  text !== undefined && /^\d{1,9}$/.test(text) ? Number(text) : undefined;

/** `NAME=NUMBER`, as often as wanted. */
const pairs = (texts: readonly string[], option: string): Record<string, number> =>
  Object.fromEntries(
    texts.map((text) => {
      const [name, size] = text.split("=");
      const number = wholeNumber(size);
      if (!name || number === undefined) throw new UsageError(`--${option} takes NAME=NUMBER, not ${text}`);
      return [name, number];
    }),
  );

const readChoose = (text: string | undefined): "first" | "random" => {
  if (text === undefined || text === "first") return "first";
  if (text === "random") return "random";
  throw new UsageError(`--choose is first or random, not ${text}`);
};

const readMax = (text: string | undefined): number => {
  const max = text === undefined ? DEFAULT_MAX : wholeNumber(text);
  if (max === undefined || max === 0) throw new UsageError(`--max takes a number of entries, not ${text}`);
  return max;
};

const scenarioOf = (file: string | undefined): Scenario | undefined => {
  if (file === undefined) return undefined;
  const text = readText(file);
  try {
    return readScenario(text);
  } catch (cause) {
    throw new UsageError(`${file} is no scenario: ${(cause as Error).message}`);
  }
};

/** A script file; what is wrong with it is said with its places. */
const scriptOf = (file: string | undefined): Script | undefined => {
  if (file === undefined) return undefined;
  const read = readScript(readText(file), file);
  if (read.ok) return read.value;
  const reasons = read.errors.map(({ at, reason }) => `\n  ${at}: ${reason}`);
  throw new UsageError(`${file} is no script:${reasons.join("")}`);
};

/** Runs a protocol on the machine: `--format json` in the golden form, otherwise as a list of messages. */
export const run = async (args: readonly string[]): Promise<number> => {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      format: { type: "string" },
      choose: { type: "string" },
      scenario: { type: "string" },
      script: { type: "string" },
      seed: { type: "string" },
      max: { type: "string" },
      family: { type: "string", multiple: true },
      name: { type: "string", multiple: true },
      import: { type: "string", multiple: true },
    },
  });
  const [file] = positionals;
  if (file === undefined || positionals.length > 1) throw new UsageError("which file?");
  const format = readFormat(values.format);
  const choose = readChoose(values.choose);
  const numbers = { families: pairs(values.family ?? [], "family"), names: pairs(values.name ?? [], "name") };
  const max = readMax(values.max);
  const scenario = scenarioOf(values.scenario);
  const script = scriptOf(values.script);
  if (scenario && script) throw new UsageError("--scenario and --script do not go together");
  const source = readText(file);
  const imports = importsBeside(file, source, values.import);
  if (format === "pretty")
    return runPretty({ file, source, imports, choose, scenario, script, seed: values.seed, max, ...numbers });
  if (choose === "random") throw new UsageError("the golden form takes first labels; use --choose first");
  return runGolden(file, source, numbers, imports);
};
