import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { arbitraryProgram } from "./arbitrary-program.ts";
import { complaint, mutate, seededDraw } from "./fuzz.ts";

const folder = join(import.meta.dirname, "fuzz-cases");
const cases = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith(".tell")) : [];

describe("the front end under any text", () => {
  it("finds nothing to complain about in random programs", () => {
    fc.assert(
      fc.property(arbitraryProgram({ families: true, decorations: true }), (source) => {
        expect(complaint(source)).toBeUndefined();
      }),
      { numRuns: 60 },
    );
  });

  it("survives random damage to random programs", () => {
    fc.assert(
      fc.property(arbitraryProgram({ decorations: true }), arbitraryProgram(), fc.nat(), (a, b, seed) => {
        expect(complaint(mutate(seededDraw(seed), a, b))).toBeUndefined();
      }),
      { numRuns: 150 },
    );
  });

  it.each(cases)("no longer stumbles over %s", (name) => {
    expect(complaint(readFileSync(join(folder, name), "utf8"))).toBeUndefined();
  });
});
