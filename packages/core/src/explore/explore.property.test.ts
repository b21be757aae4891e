import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { analyse } from "../analyse.ts";
import { arbitraryProgram } from "../testing/arbitrary-program.ts";
import { explore } from "./explore.ts";

const localsOf = (source: string) => analyse(source).samples?.at(-1)?.locals ?? {};

describe("whatever checks and projects", () => {
  it("runs into no fault, in any order of what happens", () => {
    fc.assert(
      fc.property(arbitraryProgram({ decorations: false }), (source) => {
        const found = explore(localsOf(source), { bound: 2, states: 400 });
        expect(found.faults.map(({ why }) => why)).toEqual([]);
      }),
      { numRuns: 150 },
    );
  });
  it("runs into no fault with families and payloads either", () => {
    fc.assert(
      fc.property(arbitraryProgram({ families: true }), (source) => {
        const found = explore(localsOf(source), { bound: 2, states: 400, reduce: true });
        expect(found.faults.map(({ why }) => why)).toEqual([]);
      }),
      { numRuns: 80 },
    );
  });
  it("runs into no fault with deeds, quiet decisions and timeouts that end at any moment", () => {
    const everything = arbitraryProgram({ timeouts: true, cases: true, deeds: true, effects: true });
    fc.assert(
      fc.property(everything, (source) => {
        const locals = localsOf(source);
        const full = explore(locals, { bound: 3, states: 500 });
        expect(full.faults.map(({ why }) => why)).toEqual([]);
        const reduced = explore(locals, { bound: 4, states: 1_500, reduce: true });
        expect(reduced.faults.map(({ why }) => why)).toEqual([]);
      }),
      { numRuns: 100 },
    );
  });
  it("lets everybody who has not ended act some time, and takes every arm", () => {
    fc.assert(
      fc.property(arbitraryProgram({ decorations: false, recursion: false, loops: ["repeat"] }), (source) => {
        const found = explore(localsOf(source), { bound: 64, states: 1_500 });
        fc.pre(found.outcome === "complete");
        expect(found.progress?.filter(({ ok }) => !ok)).toEqual([]);
        expect(found.unreachable).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });
});

describe("taking a message as soon as it has come", () => {
  it("finds a fault exactly when every order does", () => {
    const mixed = fc.tuple(
      arbitraryProgram({ decorations: false, par: false, calls: false, recursion: false, loops: [] }),
      fc.nat({ max: 999 }),
    );
    fc.assert(
      fc.property(mixed, ([source, seed]) => {
        // Somebody keeps to a version in which one message of theirs has another name.
        const locals = localsOf(source);
        const names = [...source.matchAll(/: ([A-Z]\w*)/g)].map((match) => match[1] ?? "");
        const label = names[seed % names.length] ?? "";
        const other = localsOf(source.replaceAll(new RegExp(`\\b${label}\\b`, "g"), "Renamed"));
        const role = Object.keys(locals)[seed % Object.keys(locals).length] ?? "";
        const system = { ...locals, [role]: other[role] ?? { kind: "end" as const } };
        const full = explore(system, { bound: 16, states: 3_000 });
        const reduced = explore(system, { bound: 16, states: 3_000, reduce: true });
        fc.pre(full.outcome === "complete" && reduced.outcome === "complete");
        expect(reduced.faults.length > 0).toBe(full.faults.length > 0);
        expect(reduced.states).toBeLessThanOrEqual(full.states);
      }),
      { numRuns: 60 },
    );
  });
});
