import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { shared } from "./shared.ts";

export type ReferenceLine = Readonly<Record<string, number | string>>;

/**
 * Builds and runs the reference's own benchmark on the same files, on this
 * machine, in this run; null when there is no cargo or no reference here.
 */
export const runReference = (files: readonly string[]): readonly ReferenceLine[] | null => {
  const oracle = join(shared, "oracle");
  if (!existsSync(oracle) || spawnSync("cargo", ["--version"]).status !== 0) return null;
  const target = join(import.meta.dirname, "../target");
  const copy = join(target, "oracle");
  mkdirSync(copy, { recursive: true });
  cpSync(oracle, copy, { recursive: true });
  const build = spawnSync("cargo", ["build", "--release", "--quiet", "--target-dir", target], {
    cwd: copy,
    stdio: ["ignore", 2, 2],
  });
  if (build.status !== 0) return null;
  const run = spawnSync(join(target, "release/oracle"), ["bench", ...files], {
    encoding: "utf8",
    maxBuffer: 1 << 26,
  });
  if (run.status !== 0) return null;
  return run.stdout
    .split("\n")
    .filter((line) => line.startsWith("{"))
    .map((line) => JSON.parse(line) as ReferenceLine);
};
