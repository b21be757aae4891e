import { encode } from "cborg";
import fc from "fast-check";
import { expect, test } from "vitest";
import { decodeCanonical } from "./canonical.ts";
import { encodeCbor } from "./encode-cbor.ts";

const library = (value: unknown): Uint8Array =>
  new Uint8Array(encode(value, { float64: false, ignoreUndefinedProperties: true }));

const { value: anything } = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    fc.string({ unit: "binary" }),
    fc.string(),
    fc.maxSafeInteger(),
    fc.nat(70_000),
    fc.bigInt({ min: -(1n << 64n), max: (1n << 64n) - 1n }),
    fc.boolean(),
    fc.constant(null),
    fc.uint8Array({ maxLength: 300 }),
    fc.array(tie("value"), { maxLength: 30 }),
    fc.dictionary(fc.string({ unit: "binary" }), fc.option(tie("value"), { nil: undefined })),
  ),
}));

test("gives the bytes of the library for any value", () => {
  fc.assert(
    fc.property(anything, (value) => {
      expect(encodeCbor(value)).toEqual(library(value));
    }),
    { numRuns: 1_000 },
  );
});

test.each([
  0,
  23,
  24,
  255,
  256,
  65_535,
  65_536,
  0xffff_ffff,
  0x1_0000_0000,
  Number.MAX_SAFE_INTEGER,
  -1,
  -24,
  -25,
  -256,
  -257,
  -0x1_0000_0001,
  -0,
  1n,
  -1n,
  1n << 53n,
  (1n << 64n) - 1n,
  -(1n << 64n),
])("writes the number %s in its shortest form", (value) => {
  expect(encodeCbor(value)).toEqual(library(value));
});

test("writes a text longer than the buffer, and an unpaired surrogate as the replacement character", () => {
  const long = "x".repeat(100_000);
  expect(encodeCbor([long, `${long}é`])).toEqual(library([long, `${long}é`]));
  expect(decodeCanonical(encodeCbor("a\ud800b"))).toBe("a\ufffdb");
});

test.each([
  ["a float", 1.5],
  ["no number", Number.NaN],
  ["a number beyond 2^53", 2 ** 53],
  ["an integer beyond 64 bits", 1n << 64n],
  ["a map", new Map()],
  ["a function", () => 1],
])("refuses %s wherever it stands, and works on after it", (_, value) => {
  expect(() => encodeCbor({ a: ["before", value] })).toThrow();
  expect(encodeCbor({ a: 1 })).toEqual(library({ a: 1 }));
});
