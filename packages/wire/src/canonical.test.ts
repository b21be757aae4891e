import { blake3 } from "@noble/hashes/blake3.js";
import { bytesToHex, hexToBytes, utf8ToBytes } from "@noble/hashes/utils.js";
import { decode, encode } from "cborg";
import fc from "fast-check";
import { expect, test } from "vitest";
import { ByteSink } from "./canonical/byte-sink.ts";
import { writeValue } from "./canonical/write.ts";
import { decodeCanonical, encodeCanonical } from "./canonical.ts";
import { hashBytes, hashDomain, hashText, hashValue } from "./hash.ts";

const { value: anything } = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    fc.string({ unit: "binary" }),
    fc.string({ unit: "grapheme", maxLength: 300 }),
    fc.maxSafeInteger(),
    fc.bigInt({ min: 1n << 54n, max: (1n << 64n) - 1n }),
    fc.bigInt({ min: -(1n << 64n), max: -(1n << 54n) }),
    fc.constantFrom(23, 24, 255, 256, 65_535, 65_536, 4_294_967_295, 4_294_967_296, -1, -24, -25, -257, -0),
    fc.boolean(),
    fc.constant(null),
    fc.uint8Array({ maxLength: 60 }),
    fc.array(tie("value"), { maxLength: 8 }),
    fc.dictionary(fc.string({ unit: "binary", maxLength: 30 }), tie("value"), { noNullPrototype: true }),
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

test("writes and reads the bytes another implementation of CBOR does", () => {
  fc.assert(
    fc.property(anything, (value) => {
      const theirs = encode(value, { ignoreUndefinedProperties: true });
      expect(bytesToHex(encodeCanonical(value))).toBe(bytesToHex(theirs));
      // Objects with a key `__proto__` are compared by what they are written as.
      expect(encode(decodeCanonical(theirs))).toEqual(
        encode(decode(theirs, { rejectDuplicateMapKeys: true })),
      );
    }),
    { numRuns: 500 },
  );
});

test("bytes damaged anywhere are refused, or are the one form of what they say", () => {
  fc.assert(
    fc.property(anything, fc.nat(), fc.nat({ max: 255 }), fc.boolean(), (value, where, byte, cut) => {
      const bytes = encodeCanonical(value);
      const at = where % bytes.length;
      const damaged = cut ? bytes.slice(0, at) : bytes.map((old, i) => (i === at ? byte : old));
      let read: unknown;
      try {
        read = decodeCanonical(damaged);
      } catch (error) {
        expect(error).toBeInstanceOf(RangeError);
        return;
      }
      expect(bytesToHex(encodeCanonical(read))).toBe(bytesToHex(damaged));
    }),
    { numRuns: 500 },
  );
});

test.each([
  ["a longer form of a number", "1817"],
  ["a longer form of a length", "780161"],
  ["an open length", "9f01ff"],
  ["a float", "fb3ff8000000000000"],
  ["undefined", "f7"],
  ["a tag", "c101"],
  ["keys in another order", "a2616201616101"],
  ["a key that is a number", "a10101"],
  ["a text that is not UTF-8", "62c3 28"],
  ["a text in a longer form than it needs", "62c080"],
  ["half of a surrogate pair", "63eda080"],
  ["more items than there are bytes", "9b0000000000ffffff"],
  ["brackets without end", "81".repeat(5_000)],
])("refuses %s", (_, hex) => {
  expect(() => decodeCanonical(hexToBytes(hex.replaceAll(" ", "")))).toThrow(RangeError);
});

test("a text is one item whatever its bytes count", () => {
  for (const size of [0, 23, 24, 127, 128, 255, 256, 65_535, 65_536, 70_000])
    for (const letter of ["a", "ä", "€", "𝄞"]) {
      const text = letter.repeat(size);
      expect(bytesToHex(encodeCanonical(text))).toBe(bytesToHex(encode(text)));
      expect(decodeCanonical(encodeCanonical(text))).toBe(text);
    }
});

test("a text is whole wherever the buffer it is written to ends", () => {
  for (const text of ["", "A", "ab", "abc", "ä", "€", "x".repeat(23), "ä".repeat(12), "€".repeat(23)])
    for (let room = 0; room < 100; room += 1) {
      const sink = new ByteSink(room);
      writeValue(sink, [text, text]);
      expect(decodeCanonical(sink.view().slice())).toEqual([text, text]);
    }
});

test("bytes that were read are the reader's own", () => {
  const bytes = encodeCanonical(Uint8Array.of(1, 2, 3));
  const read = decodeCanonical(bytes) as Uint8Array;
  bytes.fill(9);
  expect(read).toEqual(Uint8Array.of(1, 2, 3));
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

test("hashes of every length are BLAKE3's", () => {
  const theirs = (bytes: Uint8Array): string => bytesToHex(blake3(bytes));
  const data = Uint8Array.from({ length: 9_000 }, (_, i) => (i * 31) % 251);
  for (let size = 0; size <= data.length; size += size < 1_200 ? 1 : 331)
    expect(hashBytes(data.subarray(3, 3 + size))).toBe(theirs(data.subarray(3, 3 + size)));
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), anything, (text, value) => {
      const bytes = encodeCanonical(value);
      expect(hashText(text)).toBe(theirs(utf8ToBytes(text)));
      const joined = Uint8Array.of(...utf8ToBytes(text), ...bytes);
      expect(hashDomain(text, bytes)).toBe(theirs(joined));
      expect(hashValue(text, value)).toBe(theirs(joined));
    }),
  );
});
