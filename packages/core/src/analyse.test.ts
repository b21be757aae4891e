import { describe, expect, it } from "vitest";
import { analyse } from "./analyse.ts";

const source = (roles: string, ...lines: string[]): string =>
  ["protocol P =", `  roles ${roles}`, ...lines.map((l) => `  ${l}`), ""].join("\n");

describe("analyse", () => {
  it("projects a sound protocol once when nothing is left to bind", () => {
    const { verdict, diagnostics, samples, kernel } = analyse(source("A, B", "A -> B : M"));
    expect({ verdict, diagnostics }).toEqual({ verdict: "sound", diagnostics: [] });
    expect(kernel?.name).toBe("P");
    expect(samples).toHaveLength(1);
    expect(Object.keys(samples![0]!.locals)).toEqual(["A", "B"]);
  });
  it("tries three sizes of what is bound later, from the smallest the indices allow", () => {
    const { samples, verdict } = analyse(
      source("A, W[N], V[*]", "A -> W[3] : M", "A -> V : M", "loop repeat n", "  A -> V : X"),
    );
    expect(verdict).toBe("sound");
    expect(samples!.map((s) => s.bindings)).toEqual([
      { families: { V: 1 }, names: { N: 4, n: 1 } },
      { families: { V: 2 }, names: { N: 5, n: 2 } },
      { families: { V: 3 }, names: { N: 6, n: 3 } },
    ]);
  });
  it("names the size a finding was seen with, as a warning while other sizes fit", () => {
    const { diagnostics, verdict, samples } = analyse(source("V[2], W[N]", "V[*] -> W[*] : M"));
    expect(verdict).toBe("sound");
    expect(samples!.map((s) => s.bindings.names.N)).toEqual([2]);
    expect(diagnostics.map((d) => [d.code, d.severity])).toEqual([
      ["PAR2105", "warning"],
      ["PAR2105", "warning"],
    ]);
    expect(diagnostics[0]!.message).toContain("(with N = 1)");
  });
  it("says once what fails alike for every member and every size", () => {
    const { diagnostics, verdict } = analyse(
      source(
        "A, B, W[N]",
        "choice A at",
        "  | X =>",
        "    A -> B : X",
        "    A -> W : X",
        "  | Y => A -> B : Y",
      ),
    );
    expect(verdict).toBe("errors");
    expect(diagnostics.map((d) => d.code)).toEqual(["PAR2201"]);
  });
  it("shows all findings in order of place and keeps projection for texts without errors", () => {
    const { diagnostics, verdict, kernel } = analyse(source("A, B", "A -> A : M", "A -> Z : M"));
    expect(verdict).toBe("errors");
    expect(kernel).toBeUndefined();
    const starts = diagnostics.map((d) => d.span.start);
    expect(starts.length).toBeGreaterThan(1);
    expect(starts).toEqual([...starts].sort((a, b) => a - b));
  });
  it("answers for an empty text, for binary, and for a text without a protocol", () => {
    for (const text of ["", "\u0000\u0001\uffff", "module x exposing (Y)\n"]) {
      expect(analyse(text).verdict).toBe("errors");
    }
  });
});
