import { readdirSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { conformanceOfProjectionCase } from "./case.ts";

const base = resolve(process.env.PARLEY_CONFORMANCE ?? "../shared/conformance");
const read = (path: string): unknown => JSON.parse(readFileSync(`${base}/${path}`, "utf8"));
const names = (folder: string): string[] =>
  readdirSync(`${base}/${folder}`)
    .filter((f) => f.endsWith(".golden.json"))
    .map((f) => f.slice(0, -".golden.json".length));

const skips = read("deviating.json") as Record<string, { skip: string[] } | undefined>;

/** Messages are compared nowhere; keys in `skip` are left out. */
const comparable = (value: unknown, skip: readonly string[]): unknown => {
  if (Array.isArray(value)) return value.map((v) => comparable(v, []));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([k]) => k !== "message" && !skip.includes(k))
      .map(([k, v]) => [k, comparable(v, [])]),
  );
};

describe("answers every projection case as its golden does", () => {
  it.each(names("projection"))("%s", (name) => {
    const skip = skips[`projection/${name}`]?.skip ?? [];
    const answer = conformanceOfProjectionCase(read(`projection/${name}.json`));
    expect(comparable(answer, skip)).toEqual(comparable(read(`projection/${name}.golden.json`), skip));
  });
});

describe("gives the sound answer where the reference does not", () => {
  // biome-ignore lint/suspicious/noExplicitAny: goldens are read by path in tests only
  const answer = (name: string): any => conformanceOfProjectionCase(read(`deviations/${name}.json`));
  const golden = (name: string): unknown => read(`deviations/${name}.golden.json`);
  const agreesBut = (name: string, skip: readonly string[]): void =>
    expect(comparable(answer(name), skip)).toEqual(comparable(golden(name), skip));

  it("calls a loop with a third role projectable and coherent", () => {
    expect(answer("loop-with-bystander-called-incoherent").coherence).toMatchObject({
      projectable: true,
      is_coherent: true,
    });
    agreesBut("loop-with-bystander-called-incoherent", ["coherence"]);
  });
  it("keeps an outer binder open after an inner one of the same name", () => {
    expect(answer("free-variables-after-rebinding").free_vars).toEqual([]);
    // The template names the free variables, so its id follows them.
    agreesBut("free-variables-after-rebinding", ["free_vars", "template_id"]);
  });
  it("merges loops that differ in the name of their variable", () => {
    const m = { name: "m", sort: "Unit" };
    expect(answer("merge-needs-equal-binder-names").projections.C).toEqual({
      ok: { Mu: { var: "a", body: { Recv: { partner: "B", branches: [[m, null, { Var: "a" }]] } } } },
    });
    agreesBut("merge-needs-equal-binder-names", ["projections", "coherence"]);
  });
  it("finds a type a subtype of itself", () => {
    expect(answer("async-subtype-not-reflexive").subtype).toMatchObject({
      forward: { async: { ok: true } },
      backward: { async: { ok: true } },
    });
  });
  it("calls adjacent binders over a message guarded", () => {
    expect(answer("adjacent-binders-rejected")).toMatchObject({
      well_formed: { guarded: true, well_formed: true },
      validate: { ok: true },
    });
  });
  it("projects a loop without action to end", () => {
    const s = { name: "s", sort: "Unit" };
    expect(answer("loop-binder-without-variable-kept").projections.C).toEqual({
      ok: { Send: { partner: "A", branches: [[s, null, "End"]] } },
    });
    agreesBut("loop-binder-without-variable-kept", ["projections"]);
  });
  it("keeps the channel reading as the default of the comparison", () =>
    agreesBut("subtype-orientation", []));
  it("leaves a loop that does nothing well-formed, and names it", () => {
    agreesBut("empty-loop-accepted", ["well_formed"]);
    expect(answer("empty-loop-accepted")).toMatchObject({
      well_formed: { well_formed: true, idle_loops: ["t"] },
    });
  });
});
