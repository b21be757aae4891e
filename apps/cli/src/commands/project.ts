import { parseArgs } from "node:util";
import { answer } from "@parley/conformance";
import { analyse, showLocal } from "@parley/core";
import { pretty } from "../report/diagnostics.ts";
import { FINDINGS, OK, UsageError } from "../report/exit.ts";
import { importsBeside } from "../report/imports.ts";
import { readCase, readFormat, readText } from "../report/input.ts";

/** The golden form without the runs: of a `.tell` file, or of a projection case. */
const golden = (file: string, source: string): Record<string, unknown> => {
  if (file.endsWith(".json")) return readCase(file, () => answer("projection", source));
  const { runs: _, ...rest } = answer("language", source) as { runs?: unknown };
  return rest;
};

/** Prints what each role does: as local types, or in the golden form. */
export const project = async (args: readonly string[]): Promise<number> => {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { format: { type: "string" }, import: { type: "string", multiple: true } },
  });
  const format = readFormat(values.format);
  const [file] = positionals;
  if (file === undefined || positionals.length > 1) throw new UsageError("which file?");
  const source = readText(file);
  if (format === "json") console.log(JSON.stringify(golden(file, source), null, 1));
  if (file.endsWith(".json")) {
    if (format === "pretty") console.log(JSON.stringify(golden(file, source), null, 1));
    return OK;
  }
  const { verdict, diagnostics, samples } = analyse(source, {}, importsBeside(file, source, values.import));
  if (format === "pretty") {
    const errors = diagnostics.filter(({ severity }) => severity === "error");
    if (errors.length > 0) console.log(pretty(file, source, errors));
    for (const [role, local] of Object.entries(samples?.at(-1)?.locals ?? {}))
      console.log(`${role}\n  ${showLocal(local)}\n`);
  }
  return verdict === "sound" ? OK : FINDINGS;
};
