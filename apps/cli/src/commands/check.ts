import { writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import {
  type Analysis,
  analyse,
  applySeverities,
  type Diagnostic,
  type Fixed,
  fixAll,
  type Modules,
  type ParleyConfig,
  packAcceptance,
  readModules,
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

/** How one file is judged: what it is called, what the folder says, and the files it may import. */
interface Place {
  readonly file: string;
  readonly config: ParleyConfig;
  readonly modules: Modules | undefined;
}

const judge = (source: string, { file, config, modules }: Place): Omit<Checked, "file" | "applied"> => {
  const imports = modules === undefined ? undefined : { modules, path: file };
  const analysis = analyse(source, { bundles: config.bundles }, imports);
  const diagnostics = applySeverities(analysis.diagnostics, config);
  return { source, analysis, diagnostics, sound: !diagnostics.some(({ severity }) => severity === "error") };
};

const checkFile = (given: string, place: Place, fix: boolean): Checked => {
  const { file } = place;
  if (!fix) return { file, ...judge(given, place), applied: [] };
  const { text, applied } = fixAll(given, (source) => judge(source, place).diagnostics);
  if (applied.length > 0 && file !== "-") writeFileSync(file, text);
  return { file, ...judge(text, place), applied };
};

/** Files given together are one workspace: they may import each other. One alone has nobody to import. */
const checkAll = (
  paths: readonly string[],
  configOf: (file: string) => ParleyConfig,
  fix: boolean,
): readonly Checked[] => {
  const sources = [...new Set(tellFiles(paths))].map((path) => ({ path, source: readSource(path) }));
  const modules = sources.length > 1 ? readModules(sources) : undefined;
  return sources.map(({ path, source }) =>
    checkFile(source, { file: path, config: configOf(path), modules }, fix),
  );
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
  const results = checkAll(positionals, configOf, values.fix === true);
  const mended = values.fix === true ? results.find(({ file }) => file === "-") : undefined;
  if (mended !== undefined) process.stdout.write(mended.source);
  else if (shape === "json") console.log(JSON.stringify(asJson(results, explain), null, 1));
  else if (shape === "sarif") console.log(JSON.stringify(sarif(results), null, 1));
  else for (const result of results) sayPretty(result, explain);
  return results.every(({ sound }) => sound) ? OK : FINDINGS;
};
