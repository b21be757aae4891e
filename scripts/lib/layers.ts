import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { root } from "./run.ts";

/**
 * The direction of the house (design §3): a package may import the ones listed
 * before it. Types alone would let a wrong import through, so it is read off
 * the sources.
 */
const packages: Record<string, readonly string[]> = {
  "packages/wire": [],
  "packages/core": ["@parley/wire"],
  "packages/runtime": ["@parley/wire", "@parley/core"],
  "packages/node": ["@parley/wire", "@parley/core", "@parley/runtime"],
  db: ["@parley/wire", "@parley/core", "@parley/runtime", "@parley/node"],
  protocols: ["@parley/wire", "@parley/core", "@parley/runtime"],
  conformance: ["@parley/wire", "@parley/core", "@parley/runtime"],
  "apps/web": ["@parley/wire", "@parley/core", "@parley/runtime", "@parley/protocols"],
};

/** Inside `runtime`, each folder may import those before it; `reference`, `testing` and the root entry may import all. */
const runtimeOrder = [
  "machine",
  "observe",
  "trace",
  "effects",
  "search",
  "simulation",
  "crdt",
  "identity",
  "journal",
  "guards",
  "ownership",
  "threshold",
  "consensus",
  "ceremony",
  "admission",
  "waves",
  "engine",
  "reconfiguration",
  "services",
  "host",
];

/** What has no place in the pure middle: clocks, randomness, timers, locale order, Node. */
const impure = [
  [/\bDate\.now\b|\bnew Date\(\)/, "reads the clock"],
  [/\bMath\.random\b|\bcrypto\.(randomUUID|getRandomValues)\b/, "draws randomness"],
  [/\b(setTimeout|setInterval|setImmediate|queueMicrotask)\b/, "starts a timer"],
  [/\.localeCompare\(|\bIntl\.|\.toLocale\w+\(/, "depends on the locale"],
  [/from "node:|\bprocess\.|\brequire\(/, "uses Node"],
] as const;

const sources = (folder: string): string[] =>
  readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter(
      (entry) => entry.isFile() && /\.tsx?$/.test(entry.name) && !entry.parentPath.includes("node_modules"),
    )
    .map((entry) => relative(root, join(entry.parentPath, entry.name)));

const imports = (text: string): string[] =>
  [...text.matchAll(/(?:from|import)\s*\(?"([^"]+)"/g)].map((match) => match[1] ?? "");

const isTest = (file: string): boolean => /\.test\.tsx?$|\/testing\//.test(file);

const packageFindings = (folder: string, allowed: readonly string[], file: string, text: string): string[] =>
  imports(text)
    .filter((path) => path.startsWith("@parley/"))
    .map((path) => path.split("/").slice(0, 2).join("/"))
    .filter((name) => !allowed.includes(name))
    .map((name) => `${file}: ${folder} may not import ${name}`);

const runtimeFindings = (file: string, text: string): string[] => {
  const layer = runtimeOrder.indexOf(file.split("/")[3] ?? "");
  if (layer < 0) return [];
  return imports(text)
    .map((path) => runtimeOrder.indexOf(/^(?:\.\.\/)+(\w+)\//.exec(path)?.[1] ?? ""))
    .filter((other) => other > layer)
    .map((other) => `${file}: ${runtimeOrder[layer]} may not import ${runtimeOrder[other]}`);
};

const purityFindings = (file: string, text: string): string[] => {
  const code = text.replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, "");
  return impure
    .filter(([pattern]) => pattern.test(code))
    .map(([, what]) => `${file}: the pure middle ${what}`);
};

const lengthFindings = (file: string, text: string): string[] => {
  const lines = text.split("\n").length;
  return lines > 401 ? [`${file}: ${lines} lines, 400 is the stop`] : [];
};

/** Findings of the layer, purity and length rules, one line each. */
export const checkLayers = (): string[] =>
  Object.entries(packages).flatMap(([folder, allowed]) =>
    sources(folder).flatMap((file) => {
      const text = readFileSync(join(root, file), "utf8");
      const length = lengthFindings(file, text);
      if (isTest(file)) return length;
      const own = `@parley/${folder.split("/").at(-1)}`;
      const found = [...length, ...packageFindings(folder, [...allowed, own], file, text)];
      const pure = /^packages\/(wire|core|runtime)\//.test(file);
      if (pure) found.push(...purityFindings(file, text));
      if (folder === "packages/runtime") found.push(...runtimeFindings(file, text));
      return found;
    }),
  );
