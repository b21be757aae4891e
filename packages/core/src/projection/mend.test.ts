import { describe, expect, it } from "vitest";
import { analyse } from "../analyse.ts";
import { applyFix } from "../diagnostics/apply-fix.ts";

/** The text after the mend of its first finding with this code, checked to be sound. */
const mended = (source: string, code: string): string => {
  const finding = analyse(source).diagnostics.find((d) => d.code === code);
  expect(finding?.code).toBe(code);
  const fix = finding?.fix;
  return fix === undefined ? "" : applyFix(source, fix);
};

describe("the smallest change that mends a projection", () => {
  it("tells a bystander in the one arm where it is not told", () => {
    const source = `protocol Theatre =
  roles Patron, Office, Stage
  choice Patron at
    | Buy =>
      Patron -> Office : Buy
      Office -> Stage : Reserve
    | Leave =>
      Patron -> Office : Leave
`;
    const text = mended(source, "PAR2201");
    expect(text).toContain("Patron -> Office : Leave\n      Office -> Stage : Leave\n");
    expect(text.length - source.length).toBe("\n      Office -> Stage : Leave".length);
    expect(analyse(text).verdict).toBe("sound");
  });

  it("lays an arm out over lines when it stood on one", () => {
    const source = `protocol Theatre =
  roles Patron, Office, Stage
  choice Patron at
    | Buy =>
      Patron -> Office : Buy
      Office -> Stage : Reserve
    | Leave => Patron -> Office : Leave
`;
    const text = mended(source, "PAR2201");
    expect(text).toContain("| Leave =>\n        Patron -> Office : Leave\n        Office -> Stage : Leave\n");
    expect(analyse(text).verdict).toBe("sound");
  });

  it("tells a role that must act on the decision", () => {
    const source = `protocol Post =
  roles A, B, C
  choice A at
    | L =>
      A -> B : L
      C -> B : Left
    | R =>
      A -> B : R
      C -> B : Right
`;
    const text = mended(source, "PAR2202");
    expect(analyse(text).verdict).toBe("sound");
    expect(text.match(/A -> C/g)).toHaveLength(2);
  });

  it("gives one of two messages with different payloads a name of its own", () => {
    const source = `protocol Post =
  roles A, B, C
  choice A at
    | L =>
      A -> B : L
      B -> C : Note of shop.Small
    | R =>
      A -> B : R
      B -> C : Note of shop.Large
`;
    const text = mended(source, "PAR2204");
    expect(text).toContain("B -> C : NoteR of shop.Large");
    expect(analyse(text).verdict).toBe("sound");
  });

  it("puts racing arms of a par one after the other", () => {
    const source = `protocol Race =
  roles A, B, C
  par
    |
      A -> B : X
      B -> C : Y
    | A -> B : Z
  C -> A : Done
`;
    const text = mended(source, "PAR2206");
    expect(analyse(text).verdict).toBe("sound");
    expect(text).toContain("  A -> B : X\n  B -> C : Y\n  A -> B : Z\n  C -> A : Done\n");
  });
});
