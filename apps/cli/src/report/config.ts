import { existsSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { describeProblem, noConfig, type ParleyConfig, readConfig } from "@parley/core";
import { UsageError } from "./exit.ts";
import { readText } from "./input.ts";

const read = (file: string): ParleyConfig => {
  const config = readConfig(readText(file));
  if (config.ok) return config.config;
  throw new UsageError(`${file}: ${config.problems.map(describeProblem).join(`\n${file}: `)}`);
};

/** The `parley.json` in this folder or the nearest above it. */
const nearest = (folder: string): string | undefined => {
  const file = join(folder, "parley.json");
  if (existsSync(file)) return file;
  const above = dirname(folder);
  return above === folder ? undefined : nearest(above);
};

/** Gives the configuration of a file: the one named on the command line, or the nearest `parley.json`. */
export const configReader = (named: string | undefined): ((file: string) => ParleyConfig) => {
  const known = new Map<string, ParleyConfig>();
  return (file) => {
    const path = named ?? nearest(file === "-" ? process.cwd() : dirname(resolve(file)));
    if (path === undefined) return noConfig;
    const config = known.get(path) ?? read(path);
    known.set(path, config);
    return config;
  };
};
