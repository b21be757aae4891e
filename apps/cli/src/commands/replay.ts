import { readFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { replayFile } from "@parley/runtime/host";
import { FINDINGS, OK, UsageError } from "../report/exit.ts";
import { readFormat } from "../report/input.ts";

/** Folds an exported session again and compares every hash; names the first byte's entry that differs. */
export const replay = async (args: readonly string[]): Promise<number> => {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { format: { type: "string" } },
  });
  const format = readFormat(values.format);
  const [file] = positionals;
  if (file === undefined || positionals.length > 1) throw new UsageError("which file?");
  let bytes: Uint8Array;
  try {
    bytes = readFileSync(file);
  } catch (cause) {
    throw new UsageError(`cannot read ${file}: ${(cause as Error).message}`);
  }
  const report = replayFile(bytes);
  if (format === "json") {
    console.log(JSON.stringify(report.ok ? report.value : { ok: false, error: report.error }, null, 1));
    return report.ok && report.value.ok ? OK : FINDINGS;
  }
  if (!report.ok) {
    console.log(`${file}: ${report.error.kind}: ${JSON.stringify(report.error)}`);
    return FINDINGS;
  }
  const { findings, head } = report.value;
  for (const { stream, seq, what, expected, actual } of findings) {
    console.log(`${stream} entry ${seq}: ${what} is ${actual}, the file says ${expected}`);
  }
  console.log(
    `${file}: ${head + 1} entries, ${findings.length === 0 ? "all equal" : `${findings.length} differ`}`,
  );
  return findings.length === 0 ? OK : FINDINGS;
};
