import { hashText, type TimeStamp } from "@parley/wire";
import { array, assert, constantFrom, dictionary, integer, oneof, property, record } from "fast-check";
import { expect, test } from "vitest";
import {
  compareTimes,
  narrowestDomain,
  sortTimes,
  timeDomains,
  timeFault,
  timeIndex,
  timeIndexText,
} from "./time-stamp.ts";

const physical = (ms: number, uncertainty?: number): TimeStamp =>
  uncertainty === undefined ? { kind: "physical", ms } : { kind: "physical", ms, uncertainty };
const range = (earliest: number, latest: number): TimeStamp => ({
  kind: "range",
  earliest,
  latest,
  confidence: "High",
});
const logical = (vector: Record<string, number>, lamport = 0): TimeStamp => ({
  kind: "logical",
  vector,
  lamport,
});
const order = (text: string): TimeStamp => ({ kind: "order", bytes: hashText(text) });

const times = oneof(
  integer({ min: 0, max: 9 }).map((ms) => physical(ms)),
  constantFrom("a", "b", "c").map(order),
  record({ from: integer({ min: 0, max: 9 }), length: integer({ min: 0, max: 4 }) }).map(({ from, length }) =>
    range(from, from + length),
  ),
  dictionary(constantFrom("x", "y"), integer({ min: 0, max: 3 })).map((vector) => logical(vector)),
);

test("physical times of one moment are concurrent whatever their uncertainty; other domains are incomparable", () => {
  expect(compareTimes(physical(5), physical(5))).toBe("concurrent");
  expect(compareTimes(physical(5, 100), physical(6))).toBe("before");
  expect(compareTimes(physical(5), order("a"))).toBe("incomparable");
});

test("ranges that touch overlap, disjoint ones lie before or after", () => {
  expect(compareTimes(range(1, 5), range(5, 9))).toBe("overlapping");
  expect(compareTimes(range(1, 4), range(5, 9))).toBe("before");
  expect(compareTimes(range(5, 9), range(1, 4))).toBe("after");
});

test("a range that ends before it begins is invalid, as are times that are no whole numbers", () => {
  expect(timeFault(range(9, 1))).toMatchObject({ code: "PAR7710", error: "invalid-time" });
  for (const bad of [physical(-1), physical(1.5), physical(1, -1), { kind: "order", bytes: "AB" } as const])
    expect(timeFault(bad)).toMatchObject({ code: "PAR7710" });
  expect(timeFault(logical({ x: 1.5 }))).toMatchObject({ code: "PAR7710" });
  expect(timeFault(range(1, 1))).toBeUndefined();
});

test("vector clocks compare by what each device had seen; a device not named counts as 0", () => {
  expect(compareTimes(logical({ x: 1 }), logical({ x: 1, y: 1 }))).toBe("before");
  expect(compareTimes(logical({ x: 2 }), logical({ x: 1, y: 0 }))).toBe("after");
  expect(compareTimes(logical({ x: 1 }), logical({ x: 1, y: 0 }))).toBe("concurrent");
  expect(compareTimes(logical({ x: 1 }), logical({ y: 1 }))).toBe("incomparable");
  expect(compareTimes(logical({ x: 1 }), logical({ y: 1 }), "tie-break")).toBe("concurrent");
});

test("turning a comparison round turns its answer round", () => {
  const mirrored = { before: "after", after: "before" } as Record<string, string>;
  assert(
    property(times, times, (a, b) => {
      const relation = compareTimes(a, b);
      expect(compareTimes(b, a)).toBe(mirrored[relation] ?? relation);
      expect(Math.sign(sortTimes(b, a, "tie-break"))).toBe(-Math.sign(sortTimes(a, b, "tie-break")) + 0);
    }),
  );
});

test("the index of a time is a number of its own domain", () => {
  expect(timeIndex(physical(7))).toBe(7n);
  expect(timeIndex(logical({ x: 9 }, 4))).toBe(4n);
  expect(timeIndex(range(1, 5))).toBe(5n);
  expect(timeIndex({ kind: "order", bytes: `ff${"0".repeat(62)}` })).toBe(0xff00000000000000n);
  expect(timeIndexText(physical(7))).toBe("physical:7");
});

test("lists sort within a domain; mixed domains keep their places or go by domain", () => {
  expect(sortTimes(physical(9), logical({}))).toBe(0);
  expect(sortTimes(physical(9), logical({}), "tie-break")).toBeGreaterThan(0);
  expect(sortTimes(range(1, 5), range(2, 4))).toBeGreaterThan(0);
  assert(
    property(array(integer({ min: 0, max: 50 })), (list) => {
      const sorted = list.map((ms) => physical(ms)).sort((a, b) => sortTimes(a, b));
      expect(sorted.map(timeIndex)).toEqual([...list].sort((a, b) => a - b).map(BigInt));
    }),
  );
});

test("each need has its narrowest domain, from causality to a window", () => {
  expect((["causality", "order", "instant", "window"] as const).map(narrowestDomain)).toEqual([
    ...timeDomains,
  ]);
});
