import { blake3 } from "@noble/hashes/blake3.js";
import { bytesToHex } from "@noble/hashes/utils.js";
import fc from "fast-check";
import { expect, test } from "vitest";
import { blake3Hex } from "./blake3.ts";

const reference = (bytes: Uint8Array): string => bytesToHex(blake3(bytes));

test("gives the published digest of no bytes at all", () => {
  expect(blake3Hex(new Uint8Array(0))).toBe(
    "af1349b9f5f9a1a6a0404dea36dcc9499bcb25c9adc112b7cc9a93cae41f3262",
  );
});

test("agrees with the library at every edge of blocks, chunks and trees", () => {
  const edges = [64, 1024, 2048, 3072, 4096, 5120, 8192, 16_384, 31_744, 65_536];
  for (const length of edges.flatMap((edge) => [edge - 1, edge, edge + 1])) {
    const bytes = Uint8Array.from({ length }, (_, i) => (i * 251 + length) & 255);
    expect(blake3Hex(bytes), String(length)).toBe(reference(bytes));
  }
});

test("agrees with the library on any bytes", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 5_000 }), (bytes) => {
      expect(blake3Hex(bytes)).toBe(reference(bytes));
    }),
  );
});

test("reads the part of a buffer it is given, nothing around it", () => {
  const buffer = Uint8Array.from({ length: 300 }, (_, i) => i);
  expect(blake3Hex(buffer.subarray(7, 207))).toBe(reference(buffer.slice(7, 207)));
});
