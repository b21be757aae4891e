import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { analyse } from "../analyse.ts";
import { postOrder } from "../kernel/walk.ts";
import { arbitraryProgram, wholeLanguage } from "../testing/arbitrary-program.ts";
import { runLocals } from "../testing/run-locals.ts";

const picks = fc.array(fc.nat(1000), { minLength: 200, maxLength: 200 });

describe.each([
  ["without", false],
  ["with", true],
] as const)("a program that checks, %s families", (_, families) => {
  it("runs in every role without anybody waiting for ever, whatever is decided and expires", () => {
    const seen = { local: 0, hidden: 0, scope: 0 };
    fc.assert(
      fc.property(arbitraryProgram({ ...wholeLanguage, families }), picks, (source, order) => {
        const { samples = [], verdict } = analyse(source);
        expect(verdict).toBe("sound");
        for (const { bound, locals } of samples) {
          expect(Object.keys(locals)).toEqual(bound.roles);
          const kinds = new Set(postOrder(bound.body).map((node) => node.kind));
          for (const kind of ["local", "hidden", "scope"] as const) if (kinds.has(kind)) seen[kind]++;
          expect(runLocals(locals, order)).toBeUndefined();
        }
      }),
      { numRuns: 1_500 },
    );
    expect(Math.min(seen.local, seen.hidden, seen.scope)).toBeGreaterThan(30);
  });
});
