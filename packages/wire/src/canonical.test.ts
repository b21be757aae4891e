import { bytesToHex, hexToBytes } from "@noble/hashes/utils.js";
import fc from "fast-check";
import { expect, test } from "vitest";
import { decodeCanonical, encodeCanonical } from "./canonical.ts";
import { hashText } from "./hash.ts";

const { value: anything } = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    fc.string(),
    fc.maxSafeInteger(),
    fc.boolean(),
    fc.constant(null),
    fc.uint8Array({ maxLength: 60 }),
    fc.array(tie("value"), { maxLength: 8 }),
    fc.dictionary(fc.string(), tie("value"), { noNullPrototype: true }),
  ),
}));

test("reads back what it wrote, and writes that to the same bytes", () => {
  fc.assert(
    fc.property(anything, (value) => {
      const bytes = encodeCanonical(value);
      const read = decodeCanonical(bytes);
      expect(bytesToHex(encodeCanonical(read))).toBe(bytesToHex(bytes));
    }),
  );
});

test("knows one order of keys and leaves out what is undefined", () => {
  const bytes = encodeCanonical({ bb: 1, a: 2, c: undefined });
  expect(bytesToHex(bytes)).toBe(bytesToHex(encodeCanonical({ a: 2, bb: 1 })));
  expect(bytesToHex(bytes)).toBe("a2616102626262 01".replace(" ", ""));
});

test.each([
  ["a float", 1.5],
  ["no number", Number.NaN],
  ["a number beyond 2^53", 2 ** 53],
  ["a function", () => 1],
])("refuses %s wherever it stands", (_, value) => {
  expect(() => encodeCanonical({ a: ["before", value] })).toThrow();
});

test("refuses bytes that are not one whole item, or name a key twice", () => {
  expect(() => decodeCanonical(hexToBytes("0101"))).toThrow();
  expect(() => decodeCanonical(hexToBytes("a2616101616102"))).toThrow();
});

test("hashes as BLAKE3 does", () => {
  expect(hashText('"End"')).toBe("5785588a591f7071b928e465ad7b36950b0d2c30e9c92e2d152766e0c67f4153");
});
