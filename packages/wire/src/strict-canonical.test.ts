import { bytesToHex, hexToBytes } from "@noble/hashes/utils.js";
import fc from "fast-check";
import { expect, test } from "vitest";
import { encodeCanonical } from "./canonical.ts";
import { decodeStrict, decodeTrusted } from "./strict-canonical.ts";

const { value: anything } = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    fc.string(),
    fc.maxSafeInteger(),
    fc.bigInt({ min: 2n ** 53n, max: 2n ** 64n - 1n }),
    fc.boolean(),
    fc.constant(null),
    fc.uint8Array({ maxLength: 60 }),
    fc.array(tie("value"), { maxLength: 8 }),
    fc.dictionary(fc.string(), tie("value"), { noNullPrototype: true }),
  ),
}));

const code = (hex: string): string => {
  const read = decodeStrict(hexToBytes(hex));
  return read.ok ? "ok" : read.error.code;
};

test("canonical bytes are read, and are the bytes of what was read", () => {
  fc.assert(
    fc.property(anything, (value) => {
      const bytes = encodeCanonical(value);
      const read = decodeStrict(bytes);
      expect(read.ok).toBe(true);
      if (read.ok) expect(bytesToHex(encodeCanonical(read.value))).toBe(bytesToHex(bytes));
    }),
  );
});

test("no other bytes are read as a value that has canonical bytes", () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 1, maxLength: 12 }), (bytes) => {
      const read = decodeStrict(bytes);
      if (read.ok) expect(bytesToHex(encodeCanonical(read.value))).toBe(bytesToHex(bytes));
    }),
    { numRuns: 2_000 },
  );
});

test("shorter keys come first, and the same map with its keys swapped is refused", () => {
  expect(bytesToHex(encodeCanonical({ aa: 2, b: 1 }))).toBe("a261620162616102");
  expect(decodeStrict(hexToBytes("a261620162616102"))).toEqual({ ok: true, value: { aa: 2, b: 1 } });
  expect(code("a262616102616201")).toBe("InvalidFormat");
});

test.each([
  ["a float", "fb3ff8000000000000"],
  ["a float inside", "8101".replace("01", "f93c00")],
  ["a float that is whole", "f93c00"],
  ["a tag", "c001"],
  ["a trailing byte", "0100"],
  ["undefined", "f7"],
  ["another simple value", "f820"],
  ["a longer integer", "1801"],
  ["a longer length", "580101"],
  ["an indefinite array", "9f01ff"],
  ["an indefinite text", "7f6161ff"],
  ["a key twice", "a2616101616102"],
  ["a key that is no text", "a10102"],
  ["what is nested too deep", `${"81".repeat(300)}01`],
])("%s is of an invalid format", (_, hex) => {
  expect(code(hex)).toBe("InvalidFormat");
  const trusted = decodeTrusted(hexToBytes(hex));
  expect(trusted.ok).toBe(false);
});

test.each([
  ["nothing", ""],
  ["a text cut short", "6261"],
  ["an array cut short", "8201"],
  ["a length beyond everything", "5bffffffffffffffff"],
  ["a reserved form", "1c"],
  ["a break without a begin", "ff"],
  ["text that is no UTF-8", "61ff"],
])("%s is no CBOR", (_, hex) => {
  expect(code(hex)).toBe("DagCbor");
});
