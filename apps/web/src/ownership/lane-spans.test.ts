import { describe, expect, test } from "vitest";
import { laneSpans } from "./lane-spans.ts";

describe("stretches of a lane", () => {
  test("each reaches to the position before the next, the last to the head", () => {
    expect(laneSpans([{ seq: 0 }, { seq: 4 }], 9)).toEqual([
      { from: 0, to: 3, item: { seq: 0 } },
      { from: 4, to: 9, item: { seq: 4 } },
    ]);
  });

  test("of two changes at one position the later one is drawn", () => {
    expect(
      laneSpans(
        [
          { seq: 2, who: "a" },
          { seq: 2, who: "b" },
        ],
        2,
      ),
    ).toEqual([{ from: 2, to: 2, item: { seq: 2, who: "b" } }]);
  });
});
