import { parseArgs } from "node:util";
import { analyse } from "@parley/core";
import { locate, pretty } from "../report/diagnostics.ts";
import { FINDINGS, OK, UsageError } from "../report/exit.ts";
import { readFormat, readText, tellFiles } from "../report/input.ts";

/** Lists every problem of every file; status 1 when one is an error. */
export const check = async (args: readonly string[]): Promise<number> => {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { format: { type: "string" } },
  });
  const format = readFormat(values.format);
  if (positionals.length === 0) throw new UsageError("which file?");
  const results = tellFiles(positionals).map((file) => {
    const source = readText(file);
    const { diagnostics, verdict } = analyse(source);
    return { file, source, diagnostics, verdict };
  });
  if (format === "json") {
    const files = results.map(({ file, source, diagnostics, verdict }) => ({
      file,
      verdict,
      diagnostics: locate(source, diagnostics),
    }));
    console.log(JSON.stringify({ files }, null, 1));
  } else {
    for (const { file, source, diagnostics, verdict } of results) {
      if (diagnostics.length > 0) console.log(`${pretty(file, source, diagnostics)}\n`);
      console.log(`${file}: ${verdict === "sound" ? "sound" : "has errors"}`);
    }
  }
  return results.every(({ verdict }) => verdict === "sound") ? OK : FINDINGS;
};
