import { writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { type FormatResult, format, upgrade } from "@parley/core";
import { pretty } from "../report/diagnostics.ts";
import { FINDINGS, OK, UsageError } from "../report/exit.ts";
import { readFormat, readSource, tellFiles } from "../report/input.ts";

type Outcome = "unchanged" | "changed" | "errors";

interface Formatted {
  readonly file: string;
  readonly source: string;
  readonly text: string;
  readonly errors: FormatResult["diagnostics"];
  readonly outcome: Outcome;
}

/** A text in one of the guides' forms is rewritten first; what cannot be read is left for its finding. */
const upgraded = (source: string): FormatResult => {
  const result = upgrade(source);
  return format(result.kind === "upgraded" ? result.text : source);
};

const formatFile = (file: string, withUpgrade: boolean): Formatted => {
  const source = readSource(file);
  const { text, diagnostics } = withUpgrade ? upgraded(source) : format(source);
  const errors = diagnostics.filter(({ severity }) => severity === "error");
  const outcome = errors.length > 0 ? "errors" : text === source ? "unchanged" : "changed";
  return { file, source, text, errors, outcome };
};

const say = ({ file, source, errors, outcome }: Formatted, checkOnly: boolean): void => {
  if (outcome === "errors") console.log(pretty(file, source, errors));
  if (outcome === "changed") console.log(`${file}: ${checkOnly ? "would change" : "formatted"}`);
};

/**
 * Formats files in place; a file with syntax errors is left as it is and
 * reported. `--upgrade` also rewrites `tell! { … }`, `choreography! { … }` and
 * the braces of `.choreo` files. `-` formats the standard input to the
 * standard output.
 */
export const fmt = async (args: readonly string[]): Promise<number> => {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { check: { type: "boolean" }, upgrade: { type: "boolean" }, format: { type: "string" } },
  });
  const asJson = readFormat(values.format) === "json";
  const checkOnly = values.check === true;
  if (positionals.length === 0) throw new UsageError("which file?");
  const files = tellFiles(positionals).map((file) => formatFile(file, values.upgrade === true));
  for (const one of files) {
    const piped = one.file === "-" && !checkOnly && !asJson && one.outcome !== "errors";
    if (piped) process.stdout.write(one.text);
    if (one.outcome === "changed" && !checkOnly && one.file !== "-") writeFileSync(one.file, one.text);
    if (!asJson && !piped) say(one, checkOnly);
  }
  const outcomes = files.map(({ file, outcome }) => ({ file, outcome }));
  if (asJson) console.log(JSON.stringify({ files: outcomes }, null, 1));
  const found = files.some(({ outcome }) => outcome === "errors" || (outcome === "changed" && checkOnly));
  return found ? FINDINGS : OK;
};
