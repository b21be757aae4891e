import { existsSync } from "node:fs";
import { parseArgs } from "node:util";
import { runFolder } from "@parley/conformance";
import { FINDINGS, OK, UsageError } from "../report/exit.ts";

/** Runs every case of a folder; a line for each failure, then the count. */
export const conformance = async (args: readonly string[]): Promise<number> => {
  const { positionals } = parseArgs({ args: [...args], allowPositionals: true, options: {} });
  const [folder] = positionals;
  if (folder === undefined || positionals.length > 1) throw new UsageError("which folder?");
  if (!existsSync(folder)) throw new UsageError(`there is no folder ${folder}`);
  const { passed, failed } = runFolder(folder);
  for (const { name, why } of failed)
    console.log(`${name}: ${why.slice(0, 3).join("; ")}${why.length > 3 ? "; …" : ""}`);
  console.log(`${passed} passed, ${failed.length} failed`);
  return failed.length === 0 ? OK : FINDINGS;
};
