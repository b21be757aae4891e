import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { renderCode, renderRuns } from "./language-runs.ts";
import { runMachineCase } from "./run-machine-case.ts";

type Fields = { readonly [key: string]: unknown };

const shared =
  process.env.PARLEY_CONFORMANCE ?? join(import.meta.dirname, "../../../../../shared/conformance");
const read = (path: string): Fields => JSON.parse(readFileSync(path, "utf8")) as Fields;
const plain = (value: unknown): Fields => JSON.parse(JSON.stringify(value)) as Fields;

interface Row {
  readonly skip?: readonly string[];
  readonly expect?: Fields;
}

const rows = (path: string): { readonly [key: string]: Row } =>
  existsSync(path) ? (read(path) as { readonly [key: string]: Row }) : {};

const theirs = rows(join(shared, "deviating.json"));
const ours = rows(join(import.meta.dirname, "../../../../conformance/deviating.json"));

const textKeys = new Set(["message", "config_error", "reason"]);

/** The places where two answers differ, texts of errors aside. */
const differences = (golden: unknown, answer: unknown, path = ""): readonly string[] => {
  const last = path.split(".").at(-1) ?? "";
  if (textKeys.has(last) || (path.startsWith("host.") && last === "error"))
    return (golden === undefined) === (answer === undefined) ? [] : [path];
  if (golden === null || answer === null || typeof golden !== "object" || typeof answer !== "object")
    return Object.is(golden, answer) ? [] : [path];
  const keys = new Set([...Object.keys(golden), ...Object.keys(answer)]);
  return [...keys].flatMap((key) =>
    differences((golden as Fields)[key], (answer as Fields)[key], path === "" ? key : `${path}.${key}`),
  );
};

const skipped = (path: string, skip: readonly string[]): boolean =>
  skip.some((place) => path === place || path.startsWith(`${place}.`));

const names = (folder: string, ending: string): readonly string[] =>
  existsSync(join(shared, folder))
    ? readdirSync(join(shared, folder))
        .filter((file) => file.endsWith(ending))
        .map((file) => file.slice(0, -ending.length))
    : [];

describe.skipIf(!existsSync(shared))("machine cases of the corpus", () => {
  test.each(names("machine", ".golden.json"))("%s comes out as the reference has it", (name) => {
    const answer = plain(runMachineCase(read(join(shared, "machine", `${name}.json`))));
    const golden = read(join(shared, "machine", `${name}.golden.json`));
    const key = `machine/${name}`;
    const skip = [...(theirs[key]?.skip ?? []), ...(ours[key]?.skip ?? [])];
    expect(differences(golden, answer).filter((path) => !skipped(path, skip))).toEqual([]);
    expect(answer).toMatchObject(ours[key]?.expect ?? {});
  });

  const deviations = names("deviations", ".expect.json").filter(
    (name) => read(join(shared, "deviations", `${name}.expect.json`)).area === "machine",
  );

  test.each(deviations)("deviation %s has the outcome that is asked for", (name) => {
    const answer = plain(runMachineCase(read(join(shared, "deviations", `${name}.json`))));
    const wanted = ours[`deviations/${name}`]?.expect;
    expect(wanted).toBeDefined();
    expect(holds(answer, wanted)).toBe(true);
  });
});

/** Every key of `part` is in `whole` with the same value, in depth; lists by index. */
const holds = (whole: unknown, part: unknown): boolean => {
  if (part === null || typeof part !== "object") return whole === part;
  if (whole === null || typeof whole !== "object") return false;
  return Object.entries(part).every(([key, value]) => holds((whole as Fields)[key], value));
};

describe.skipIf(!existsSync(shared))("language cases of the corpus", () => {
  const cases = names("language", ".golden.json").filter((name) => {
    const golden = read(join(shared, "language", `${name}.golden.json`));
    return golden.locals !== undefined && golden.code !== undefined;
  });

  test.each(cases)("%s compiles to the reference's code and runs alike", (name) => {
    const golden = read(join(shared, "language", `${name}.golden.json`));
    const skip = theirs[`language/${name}`]?.skip ?? [];
    const locals = golden.locals as Fields;
    const answer = plain({ code: renderCode(locals), runs: renderRuns(locals) });
    const { code, runs } = golden;
    expect(differences({ code, runs }, answer).filter((path) => !skipped(path, skip))).toEqual([]);
  });
});
