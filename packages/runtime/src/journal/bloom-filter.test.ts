import { utf8ToBytes } from "@noble/hashes/utils.js";
import { assert, property, string, uniqueArray } from "fast-check";
import { expect, test } from "vitest";
import {
  bloomFault,
  bloomHas,
  bloomOf,
  bloomOutgrown,
  bloomPresets,
  bloomRate,
  bloomWithin,
  optimalBloom,
} from "./bloom-filter.ts";

const shapeOf = (expected: number, rate: number) => {
  const result = optimalBloom(expected, rate);
  if (!result.ok) throw new Error(result.error.code);
  return result.shape;
};
const element = (n: number | string) => utf8ToBytes(`e${n}`);

test("10,000 elements at one in a hundred take 95,851 bits and 7 hashes; none is refused", () => {
  expect(shapeOf(10_000, 0.01)).toEqual({ expected: 10_000, bits: 95_851, hashes: 7 });
  expect(optimalBloom(0, 0.01)).toEqual({
    ok: false,
    error: { code: "PAR7714", error: "no-elements-expected" },
  });
});

test("each preset has its known shape", () => {
  const shapes = Object.values(bloomPresets).map(({ expected, rate }) => {
    const { bits, hashes } = shapeOf(expected, rate);
    return [bits, hashes];
  });
  expect(shapes).toEqual([
    [95_851, 7],
    [9_586, 7],
    [1_438, 10],
    [110_278, 8],
  ]);
});

test("rates outside 1e-5 to 0.99999 are brought inside, and a filter has 64 bits at least", () => {
  expect(shapeOf(10, 0)).toEqual(shapeOf(10, 1e-5));
  expect(shapeOf(10, 1)).toEqual({ expected: 10, bits: 64, hashes: 4 });
});

test("what was put in is always found", () => {
  assert(
    property(uniqueArray(string(), { minLength: 1, maxLength: 60 }), (texts) => {
      const filter = bloomOf(shapeOf(texts.length, 0.1), texts.map(element));
      for (const text of texts) expect(bloomHas(filter, element(text))).toBe(true);
    }),
  );
});

test("at capacity at most twice the stated rate of others is found", () => {
  const rate = 0.02;
  const filter = bloomOf(
    shapeOf(1_000, rate),
    Array.from({ length: 1_000 }, (_, n) => element(n)),
  );
  const wrong = Array.from({ length: 4_000 }, (_, n) => bloomHas(filter, element(5_000 + n))).filter(
    Boolean,
  ).length;
  expect(wrong).toBeGreaterThan(0);
  expect(wrong / 4_000).toBeLessThanOrEqual(2 * rate);
  expect(bloomRate(filter)).toBeCloseTo(rate, 3);
});

test("a filter with more than twice its elements, or twice its rate, is to be made anew", () => {
  const shape = shapeOf(10, 0.01);
  const of = (count: number) =>
    bloomOf(
      shape,
      Array.from({ length: count }, (_, n) => element(n)),
    );
  expect(bloomOutgrown(of(10), 0.01)).toBe(false);
  expect(bloomOutgrown(of(21), 0.01)).toBe(true);
  expect(bloomOutgrown(of(15), 0.0001)).toBe(true);
});

test("a filter from outside with a wrong length, too many bits or too many elements is refused", () => {
  const good = bloomOf(shapeOf(10, 0.01), [element(1)]);
  expect(bloomFault(good)).toBeUndefined();
  for (const bad of [
    { ...good, bytes: good.bytes.slice(1) },
    { ...good, bits: 1_048_577, bytes: new Uint8Array(131_073) },
    { ...good, bits: 63 },
    { ...good, hashes: 0 },
    { ...good, hashes: 33 },
    { ...good, count: 21 },
    { ...good, count: -1 },
  ])
    expect(bloomFault(bad)).toMatchObject({ code: "PAR7715", error: "bad-filter" });
});

test("a set too large for the limit gets the largest filter there is", () => {
  expect(bloomWithin(1_000_000, 0.01)).toMatchObject({ bits: 1_048_576, hashes: 1 });
  expect(bloomWithin(0, 0.01).bits).toBe(64);
});
