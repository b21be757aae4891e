import { existsSync, readdirSync, readFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import type { Area } from "./compare.ts";

/** What a deviating case must come to instead of its golden. */
export interface Expectation {
  readonly area: Area;
  readonly outcome: "accept" | "reject" | "accept-or-reject" | "run";
  readonly sound: string;
  /** The global type to reach, up to names of recursion variables. */
  readonly global?: unknown;
}

export interface CaseFile {
  readonly area: Area;
  readonly name: string;
  /** Text of the `.tell` or `.json` input. */
  readonly input: string;
  readonly golden: Readonly<Record<string, unknown>>;
  readonly expect?: Expectation;
  /** Keys of the golden not compared, by some `deviating.json`. */
  readonly skip: readonly string[];
  /** What our own list says the answer holds instead. */
  readonly instead?: Readonly<Record<string, unknown>>;
}

interface Deviating {
  readonly [name: string]: {
    readonly skip?: readonly string[];
    readonly expect?: Readonly<Record<string, unknown>>;
  };
}

const readJson = (file: string): unknown => JSON.parse(readFileSync(file, "utf8"));

/** The `deviating.json` beside the cases or one folder up, and the project's own. */
const deviations = (folder: string): readonly Deviating[] =>
  [
    join(folder, "deviating.json"),
    join(dirname(folder), "deviating.json"),
    join(import.meta.dirname, "../deviating.json"),
  ]
    .filter((file, index, all) => existsSync(file) && all.indexOf(file) === index)
    .map((file) => readJson(file) as Deviating);

const areas: readonly Area[] = ["language", "projection", "machine"];

/** A folder's name says what it holds; a folder of any other name is judged by its first input. */
const areaOf = (folder: string, input: string, expect: Expectation | undefined): Area => {
  if (expect) return expect.area;
  const named = areas.find((area) => area === basename(folder));
  if (named) return named;
  if (input.endsWith(".tell")) return "language";
  const data = readJson(input) as Record<string, unknown>;
  const theory = ["subtype", "merge", "step", "local"].some((key) => key in data);
  return theory || (Object.keys(data).length === 1 && "global" in data) ? "projection" : "machine";
};

const readCase = (folder: string, name: string, lists: readonly Deviating[]): CaseFile | undefined => {
  const input = [".tell", ".json"].map((ending) => join(folder, name + ending)).find(existsSync);
  if (!input) return undefined;
  const expectFile = join(folder, `${name}.expect.json`);
  const expect = existsSync(expectFile) ? (readJson(expectFile) as Expectation) : undefined;
  const area = areaOf(folder, input, expect);
  const key = `${expect ? "deviations" : area}/${name}`;
  const rows = lists.map((list) => list[key]).filter((row) => row !== undefined);
  const instead = rows.find((row) => row.expect)?.expect;
  return {
    area,
    name: key,
    input: readFileSync(input, "utf8"),
    golden: readJson(join(folder, `${name}.golden.json`)) as Record<string, unknown>,
    ...(expect ? { expect } : {}),
    skip: rows.flatMap((row) => row.skip ?? []),
    ...(instead ? { instead } : {}),
  };
};

/**
 * The cases of a folder laid out like one of the corpus, or of all its
 * sub-folders. A case is `NAME.tell` or `NAME.json` beside `NAME.golden.json`.
 */
export const caseFiles = (folder: string): readonly CaseFile[] => {
  const lists = deviations(folder);
  const own = readdirSync(folder)
    .filter((file) => file.endsWith(".golden.json"))
    .sort()
    .map((file) => readCase(folder, file.slice(0, -".golden.json".length), lists))
    .filter((found) => found !== undefined);
  const below = readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort()
    .flatMap((name) => caseFiles(join(folder, name)));
  return [...own, ...below];
};
