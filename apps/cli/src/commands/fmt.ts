import { writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { format } from "@parley/core";
import { pretty } from "../report/diagnostics.ts";
import { FINDINGS, OK, UsageError } from "../report/exit.ts";
import { readFormat, readText, tellFiles } from "../report/input.ts";

type Outcome = "unchanged" | "changed" | "errors";

/** Formats files in place; a file with syntax errors is left as it is and reported. */
export const fmt = async (args: readonly string[]): Promise<number> => {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { check: { type: "boolean" }, format: { type: "string" } },
  });
  const asJson = readFormat(values.format) === "json";
  if (positionals.length === 0) throw new UsageError("which file?");
  const files: { readonly file: string; readonly outcome: Outcome }[] = [];
  for (const file of tellFiles(positionals)) {
    const source = readText(file);
    const { text, diagnostics } = format(source);
    const errors = diagnostics.filter(({ severity }) => severity === "error");
    const outcome: Outcome = errors.length > 0 ? "errors" : text === source ? "unchanged" : "changed";
    files.push({ file, outcome });
    if (outcome === "changed" && !values.check) writeFileSync(file, text);
    if (asJson) continue;
    if (outcome === "errors") console.log(pretty(file, source, errors));
    if (outcome === "changed") console.log(`${file}: ${values.check ? "would change" : "formatted"}`);
  }
  if (asJson) console.log(JSON.stringify({ files }, null, 1));
  const findings = files.some(
    ({ outcome }) => outcome === "errors" || (outcome === "changed" && values.check),
  );
  return findings ? FINDINGS : OK;
};
