import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { UsageError } from "./exit.ts";

/** The text of a file named on the command line; a file that cannot be read is wrong usage. */
export const readText = (file: string): string => {
  try {
    return readFileSync(file, "utf8");
  } catch (cause) {
    throw new UsageError(`cannot read ${file}: ${(cause as Error).message}`);
  }
};

/** As `readText`; `-` is the standard input. */
export const readSource = (file: string): string => (file === "-" ? readFileSync(0, "utf8") : readText(file));

/** Files as named, and `-`; a folder stands for every `.tell` file below it. */
export const tellFiles = (paths: readonly string[]): readonly string[] =>
  paths.flatMap((path) => {
    if (path === "-") return [path];
    let folder: boolean;
    try {
      folder = statSync(path).isDirectory();
    } catch (cause) {
      throw new UsageError(`cannot read ${path}: ${(cause as Error).message}`);
    }
    if (!folder) return [path];
    const files = readdirSync(path, { recursive: true, encoding: "utf8" })
      .filter((name) => name.endsWith(".tell") && !name.includes("node_modules"))
      .sort()
      .map((name) => join(path, name));
    if (files.length === 0) throw new UsageError(`there is no .tell file below ${path}`);
    return files;
  });

/** Runs a case from a JSON file; a file that does not hold one is wrong usage. */
export const readCase = <T>(file: string, body: () => T): T => {
  try {
    return body();
  } catch (cause) {
    if (cause instanceof SyntaxError) throw new UsageError(`${file} is not JSON: ${cause.message}`);
    throw cause;
  }
};

export type Format = "pretty" | "json";

export const readFormat = (text: string | undefined): Format => {
  if (text === undefined || text === "pretty") return "pretty";
  if (text === "json") return "json";
  throw new UsageError(`--format is pretty or json, not ${text}`);
};
