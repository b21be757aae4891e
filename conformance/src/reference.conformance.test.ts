import { existsSync, readdirSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { check, parse } from "@parley/core";
import { type ReferenceRendering, renderReference } from "@parley/core/reference";
import { describe, expect, it } from "vitest";
import deviating from "../deviating.json" with { type: "json" };
import { compareCase, renamedBinders } from "./compare.ts";

/** The keys a rendering gives; `code` and `runs` are the machine's. */
const KEYS = [
  "parse",
  "declarations",
  "annotations",
  "tier",
  "explain",
  "analysis",
  "dsl_locals",
  "compile",
  "global",
  "global_error",
  "locals",
  "locals_error",
] as const;

const shared = process.env.PARLEY_SHARED ?? resolve(import.meta.dirname, "../../../shared");
const corpus = `${shared}/conformance`;
const present = existsSync(corpus);

const json = (path: string) => JSON.parse(readFileSync(`${corpus}/${path}`, "utf8"));

const names = (folder: string): readonly string[] =>
  present
    ? readdirSync(`${corpus}/${folder}`)
        .filter((file) => file.endsWith(".tell"))
        .map((file) => file.slice(0, -".tell".length))
        .sort()
    : [];

type DeviatingList = Readonly<Record<string, { readonly skip?: readonly string[] }>>;

interface Read {
  readonly rendering: ReferenceRendering;
  readonly errors: readonly string[];
}

const read = (source: string): Read => {
  const { file, diagnostics } = parse(source);
  const all = [...diagnostics, ...check(file)];
  const errors = all.filter((found) => found.severity === "error").map((found) => found.code);
  return { rendering: renderReference(file, all, source), errors };
};

const readCase = (folder: string, name: string): Read =>
  read(readFileSync(`${corpus}/${folder}/${name}.tell`, "utf8"));

const pick = (answer: Readonly<Record<string, unknown>>) =>
  Object.fromEntries(KEYS.filter((key) => key in answer).map((key) => [key, answer[key]]));

describe.skipIf(!present)("the rendering of a language case", () => {
  const lists: readonly DeviatingList[] = [present ? json("deviating.json") : {}, deviating];

  it.each(names("language"))("%s agrees with the reference in every key", (name) => {
    const ours = pick({ ...readCase("language", name).rendering });
    const golden = pick(json(`language/${name}.golden.json`));
    const skips = lists.flatMap((list) => list[`language/${name}`]?.skip ?? []);
    expect(compareCase("language", name, ours, golden, skips)).toEqual([]);
  });
});

interface Expected {
  readonly outcome: string;
  readonly global?: unknown;
  readonly equivalent?: readonly string[];
}

/** Names differ between such a case and its equivalent on purpose: the reference cannot read ours. */
const OTHER_NAMES: ReadonlySet<string> = new Set(["keyword-prefix-role"]);

describe.skipIf(!present)("the rendering of a deviation", () => {
  const expected = (name: string): Expected => json(`deviations/${name}.expect.json`);
  const cases = names("deviations");
  const withGlobal = cases.filter((name) => expected(name).global !== undefined);
  const withEquivalent = cases.filter(
    (name) => expected(name).equivalent !== undefined && !OTHER_NAMES.has(name),
  );

  it.each(withGlobal)("%s reaches the sound global type", (name) => {
    const { rendering, errors } = readCase("deviations", name);
    expect(errors).toEqual([]);
    expect(renamedBinders(rendering.global)).toEqual(renamedBinders(expected(name).global));
  });

  it.each(withEquivalent)("%s means the same as its equivalent", (name) => {
    const equivalent = read(`${(expected(name).equivalent ?? []).join("\n")}\n`);
    expect(equivalent.rendering.global).toBeDefined();
    const ours = readCase("deviations", name).rendering;
    expect(renamedBinders(ours.global)).toEqual(renamedBinders(equivalent.rendering.global));
    expect(renamedBinders(ours.locals)).toEqual(renamedBinders(equivalent.rendering.locals));
  });

  it.each(cases.filter((name) => expected(name).outcome === "accept"))("%s compiles", (name) => {
    expect(readCase("deviations", name).rendering.compile).toEqual({ ok: true });
  });
});
