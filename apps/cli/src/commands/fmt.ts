import { writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { format } from "@parley/core";
import { pretty } from "../report/diagnostics.ts";
import { FINDINGS, OK, UsageError } from "../report/exit.ts";
import { readText, tellFiles } from "../report/input.ts";

/** Formats files in place; a file with syntax errors is left as it is and reported. */
export const fmt = async (args: readonly string[]): Promise<number> => {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { check: { type: "boolean" } },
  });
  if (positionals.length === 0) throw new UsageError("which file?");
  let findings = 0;
  for (const file of tellFiles(positionals)) {
    const source = readText(file);
    const { text, diagnostics } = format(source);
    const errors = diagnostics.filter(({ severity }) => severity === "error");
    if (errors.length > 0) {
      findings += 1;
      console.log(pretty(file, source, errors));
    } else if (text !== source) {
      console.log(`${file}: ${values.check ? "would change" : "formatted"}`);
      if (values.check) findings += 1;
      else writeFileSync(file, text);
    }
  }
  return findings === 0 ? OK : FINDINGS;
};
