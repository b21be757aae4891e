import { describe, expect, test } from "vitest";
import {
  addWatch,
  enabledOf,
  marksByStatement,
  messageStop,
  moveStops,
  noMarks,
  noteHit,
  readMarks,
  removeBreakpoint,
  setEnabled,
  stopWords,
  toggleStop,
} from "./marks.ts";

const pay = messageStop("2.Card.0#1");
const paid = { kind: "predicate", text: "sent(Pay) >= 1" } as const;

describe("breakpoints", () => {
  test("are one a place: set, removed by the same again, all legs of a statement together", () => {
    const one = toggleStop(noMarks, pay);
    expect(marksByStatement(one)).toEqual(new Map([["2.Card.0", true]]));
    expect(toggleStop(one, messageStop("2.Card.0"))).toEqual(noMarks);
  });

  test("that are switched off stay, and are given to no run", () => {
    const both = toggleStop(toggleStop(noMarks, pay), paid);
    const off = setEnabled(both, both.breakpoints[0]?.id ?? "", false);
    expect(enabledOf(off).map(({ stop }) => stop)).toEqual([paid]);
    expect(marksByStatement(off)).toEqual(new Map([["2.Card.0", false]]));
    expect(removeBreakpoint(off, off.breakpoints[0]?.id ?? "").breakpoints).toHaveLength(1);
  });

  test("count their hits and say what they are", () => {
    const set = toggleStop(noMarks, paid);
    const id = set.breakpoints[0]?.id ?? "";
    expect(noteHit(noteHit(set, id), id).breakpoints[0]?.hits).toBe(2);
    expect(stopWords(pay, (edge) => (edge === "2.Card.0" ? "Card" : undefined))).toBe("Card (2.Card.0)");
  });
});

test("expressions are kept once, without the spaces around them", () => {
  expect(addWatch(addWatch(addWatch(noMarks, " tick "), "tick"), "  ").watches).toEqual(["tick"]);
});

test("what was kept is read back; anything else is let go", () => {
  const kept = addWatch(toggleStop(toggleStop(noMarks, pay), paid), "tick");
  expect(readMarks(JSON.stringify(kept))).toEqual(kept);
  for (const text of [null, "", "{", "7", '{"breakpoints":7,"watches":{}}'])
    expect(readMarks(text)).toEqual(noMarks);
  const mixed = {
    breakpoints: [...kept.breakpoints, { id: "x", stop: paid, enabled: true, hits: 0 }, null],
    watches: [1, "a"],
  };
  expect(readMarks(JSON.stringify(mixed))).toEqual({ breakpoints: kept.breakpoints, watches: ["a"] });
});

test("breakpoints go with their statements; two that meet are one", () => {
  const set = ["1", "2", "5"].reduce((marks, edge) => toggleStop(marks, messageStop(edge)), noMarks);
  const moved = moveStops(
    set,
    new Map([
      ["1", "2"],
      ["2", "3"],
    ]),
  );
  expect(moved.breakpoints.map(({ id }) => id)).toEqual(["message 2 ", "message 3 ", "message 5 "]);
  expect(moveStops(set, new Map([["1", "2"]])).breakpoints.map(({ id }) => id)).toEqual([
    "message 2 ",
    "message 5 ",
  ]);
});
