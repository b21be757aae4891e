import { statSync } from "node:fs";
import { parseArgs } from "node:util";
import { runFolder } from "@parley/conformance";
import { FINDINGS, OK, UsageError } from "../report/exit.ts";
import { readFormat } from "../report/input.ts";

/** Runs every case of a folder; a line for each failure, then the count. */
export const conformance = async (args: readonly string[]): Promise<number> => {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { format: { type: "string" } },
  });
  const format = readFormat(values.format);
  const [folder] = positionals;
  if (folder === undefined || positionals.length > 1) throw new UsageError("which folder?");
  if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory())
    throw new UsageError(`there is no folder ${folder}`);
  const { passed, failed } = runFolder(folder);
  if (passed + failed.length === 0) throw new UsageError(`${folder} holds no cases`);
  if (format === "json") console.log(JSON.stringify({ passed, failed }, null, 1));
  else {
    for (const { name, why } of failed) {
      const words = `${why.slice(0, 3).join("; ")}${why.length > 3 ? "; …" : ""}`;
      console.log(`${name}: ${words.replace(/\s+/g, " ")}`);
    }
    console.log(`${passed} passed, ${failed.length} failed`);
  }
  return failed.length === 0 ? OK : FINDINGS;
};
