import { expect, test } from "vitest";
import { entry } from "../test-session.ts";
import { takenIn } from "./other-decisions.tsx";
import { lineAt, statementsByLine } from "./source-lines.ts";
import { speedFrom, speeds } from "./speed.ts";

test("offsets and lines of a text agree, at the ends of lines too", () => {
  const text = "a\n\nbc\n";
  expect([0, 1, 2, 3, 4, 6].map((offset) => lineAt(text, offset))).toEqual([1, 1, 2, 3, 3, 4]);
});

test("a line has the first statement that begins in it", () => {
  const lines = statementsByLine("one two\nthree", [
    { edge: "0", start: 0, end: 3 },
    { edge: "1", start: 4, end: 7 },
    { edge: "2", start: 8, end: 13 },
  ]);
  expect([...lines].map(([line, { edge }]) => [line, edge])).toEqual([
    [1, "0"],
    [2, "2"],
  ]);
});

test("a decision is read from the input that gave it, or from what a policy answered", () => {
  const taken = { seat: "A", endpoint: "", step: 3, label: "Go" };
  expect(takenIn(entry(1, [], { kind: "decide", ...taken }))).toMatchObject(taken);
  const read = { kind: "decision", role: "A", endpoint: "", step: 3, label: "Go" };
  expect(takenIn({ ...entry(1), reads: [read] })).toEqual(taken);
  expect(takenIn(entry(1))).toBeUndefined();
});

test("a kept speed is one of those there are", () => {
  expect(speeds.map((speed) => speedFrom(String(speed)))).toEqual([...speeds]);
  expect([null, "", "3", "x"].map(speedFrom)).toEqual([1, 1, 1, 1]);
});
