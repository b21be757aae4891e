import { spawn, spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { shared } from "./shared.ts";

export type ReferenceLine = Readonly<Record<string, number | string>>;

/** Builds the reference from its source; undefined when there is no cargo or no reference here. `PARLEY_ORACLE` names one built already. */
const built = (): string | undefined => {
  const ready = process.env.PARLEY_ORACLE;
  if (ready !== undefined) return ready;
  const oracle = join(shared, "oracle");
  if (!existsSync(oracle) || spawnSync("cargo", ["--version"]).status !== 0) return undefined;
  const target = join(import.meta.dirname, "../target");
  const copy = join(target, "oracle");
  mkdirSync(copy, { recursive: true });
  cpSync(oracle, copy, { recursive: true });
  const build = spawnSync("cargo", ["build", "--release", "--quiet", "--target-dir", target], {
    cwd: copy,
    stdio: ["ignore", 2, 2],
  });
  return build.status === 0 ? join(target, "release/oracle") : undefined;
};

/** The line after which nothing comes that is compared: its steps grow slower as they go, so the longer runs take minutes. */
const isLast = (line: ReferenceLine, full: boolean): boolean =>
  line.bench === "ring" &&
  line.mode === "minimal" &&
  line.roles === (full ? 8 : 2) &&
  line.steps === (full ? 16_000 : 4_000);

/**
 * The lines of the reference's own benchmark on the same files, on this
 * machine, in this run; null when it cannot be run here. Unless `full`, no
 * further than the rings that the headline needs.
 */
export const runReference = async (
  files: readonly string[],
  full: boolean,
): Promise<readonly ReferenceLine[] | null> => {
  const oracle = built();
  if (oracle === undefined) return null;
  const child = spawn(oracle, ["bench", ...files], { stdio: ["ignore", "pipe", "ignore"] });
  // One that cannot be started says nothing, which is what is looked at below.
  child.on("error", () => undefined);
  const lines: ReferenceLine[] = [];
  for await (const text of createInterface({ input: child.stdout })) {
    if (!text.startsWith("{")) continue;
    const line = JSON.parse(text) as ReferenceLine;
    lines.push(line);
    if (isLast(line, full)) break;
  }
  child.kill();
  return lines.length === 0 ? null : lines;
};
