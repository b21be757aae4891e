import { writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import {
  type Analysis,
  analyse,
  applySeverities,
  type Diagnostic,
  type Fixed,
  fixAll,
  type ParleyConfig,
  packAcceptance,
} from "@parley/core";
import { configReader } from "../report/config.ts";
import { locate, pretty } from "../report/diagnostics.ts";
import { FINDINGS, OK, UsageError } from "../report/exit.ts";
import { explainPacks } from "../report/explain.ts";
import { readSource, tellFiles } from "../report/input.ts";
import { sarif } from "../report/sarif.ts";

interface Checked {
  readonly file: string;
  readonly source: string;
  readonly analysis: Analysis;
  /** With the severities of `parley.json`. */
  readonly diagnostics: readonly Diagnostic[];
  readonly sound: boolean;
  readonly applied: Fixed["applied"];
}

type Shape = "pretty" | "json" | "sarif";

const readShape = (text: string | undefined): Shape => {
  if (text === undefined || text === "pretty") return "pretty";
  if (text === "json" || text === "sarif") return text;
  throw new UsageError(`--format is pretty, json or sarif, not ${text}`);
};

const judge = (source: string, config: ParleyConfig): Omit<Checked, "file" | "applied"> => {
  const analysis = analyse(source, { bundles: config.bundles });
  const diagnostics = applySeverities(analysis.diagnostics, config);
  return { source, analysis, diagnostics, sound: !diagnostics.some(({ severity }) => severity === "error") };
};

const checkFile = (file: string, config: ParleyConfig, fix: boolean): Checked => {
  const before = judge(readSource(file), config);
  if (!fix) return { file, ...before, applied: [] };
  const { text, applied } = fixAll(before.source, (source) => judge(source, config).diagnostics);
  if (applied.length > 0 && file !== "-") writeFileSync(file, text);
  return { file, ...judge(text, config), applied };
};

const asJson = (results: readonly Checked[], explain: boolean): object => ({
  files: results.map(({ file, source, analysis, diagnostics, sound, applied }) => ({
    file,
    verdict: sound ? "sound" : "errors",
    diagnostics: locate(source, diagnostics),
    ...(applied.length === 0 ? {} : { applied }),
    ...(explain ? { packs: packAcceptance(analysis.file) } : {}),
  })),
});

const sayPretty = (
  { file, source, analysis, diagnostics, sound, applied }: Checked,
  explain: boolean,
): void => {
  for (const { code, title } of applied) console.log(`${file}: mended ${code}: ${title}`);
  if (diagnostics.length > 0) console.log(`${pretty(file, source, diagnostics)}\n`);
  if (explain) console.log(explainPacks(file, analysis.file));
  console.log(`${file}: ${sound ? "sound" : "has errors"}`);
};

/**
 * Lists every problem of every file, of a folder or of the standard input
 * (`-`); status 1 when one is an error. `--fix` applies the fixes that remove
 * a finding and add none; mended standard input goes to the standard output.
 */
export const check = async (args: readonly string[]): Promise<number> => {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      format: { type: "string" },
      fix: { type: "boolean" },
      explain: { type: "boolean" },
      config: { type: "string" },
    },
  });
  const shape = readShape(values.format);
  if (positionals.length === 0) throw new UsageError("which file?");
  const configOf = configReader(values.config);
  const explain = values.explain === true;
  const results = tellFiles(positionals).map((file) => checkFile(file, configOf(file), values.fix === true));
  const mended = values.fix === true ? results.find(({ file }) => file === "-") : undefined;
  if (mended !== undefined) process.stdout.write(mended.source);
  else if (shape === "json") console.log(JSON.stringify(asJson(results, explain), null, 1));
  else if (shape === "sarif") console.log(JSON.stringify(sarif(results), null, 1));
  else for (const result of results) sayPretty(result, explain);
  return results.every(({ sound }) => sound) ? OK : FINDINGS;
};
