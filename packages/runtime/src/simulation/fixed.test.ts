import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { multiply, ONE, parseFixed, readFixed, roundFixed } from "./fixed.ts";

describe("fixed-point numbers", () => {
  it("are read from numbers, texts, raw bits and the reference's large integers", () => {
    expect(readFixed("1.5")).toBe(6442450944n);
    expect(readFixed(1.5)).toBe(6442450944n);
    expect(readFixed(0.5)).toBe(2147483648n);
    expect(readFixed({ raw: 1n })).toBe(1n);
    expect(readFixed({ raw: 2147483648 })).toBe(2147483648n);
    expect(readFixed(214748365n)).toBe(214748365n);
    expect(readFixed(1n)).toBe(ONE);
    expect(readFixed(0)).toBe(0n);
  });

  it("are the nearest to a decimal text, ties to even", () => {
    expect(parseFixed("0.1")).toBe(429496730n);
    expect(parseFixed(".5")).toBe(ONE / 2n);
    expect(parseFixed("5.")).toBe(5n * ONE);
    expect(parseFixed("1e2")).toBe(100n * ONE);
    expect(parseFixed("-0.25")).toBe(-ONE / 4n);
    // Half a bit, and three halves of one.
    expect(parseFixed("0.00000000011641532182693481445312500")).toBe(0n);
    expect(parseFixed("0.00000000034924596548080444335937500")).toBe(2n);
  });

  it("refuse what is no number or does not fit", () => {
    for (const text of ["", ".", "1 2", "1_000", "x", "1e99", "9999999999", "--1", "e5"])
      expect(parseFixed(text)).toBeUndefined();
    for (const value of [Number.NaN, Number.POSITIVE_INFINITY, true, [], {}, { raw: 1.5 }, { raw: 1, of: 2 }])
      expect(readFixed(value)).toBeUndefined();
  });

  it("read a number and its text alike", () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1, noNaN: true }), (x) => {
        expect(readFixed(x)).toBe(parseFixed(String(x)));
      }),
    );
  });

  it("multiply downwards and round halves away from zero", () => {
    expect(multiply(-3n, ONE / 2n)).toBe(-2n);
    expect(roundFixed(ONE / 2n)).toBe(1n);
    expect(roundFixed(-ONE / 2n)).toBe(-1n);
    expect(roundFixed(ONE / 2n - 1n)).toBe(0n);
  });
});
