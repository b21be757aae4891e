import { describe, expect, test } from "vitest";
import { isLive, kindWords, leftWords, progressWords, reasonWords, states } from "./ceremony-words.ts";

describe("words of ceremonies", () => {
  test("what is left is told in whole units, and a deadline that is reached is not over", () => {
    expect(leftWords(0)).toBe("0 s left");
    expect(leftWords(-1)).toBe("over");
    expect(leftWords(59_999)).toBe("59 s left");
    expect(leftWords(83_000)).toBe("1 min 23 s left");
    expect(leftWords(3_720_000)).toBe("1 h 2 min left");
  });

  test("a board has the three live states first", () => {
    expect(states.filter((state) => isLive({ state }))).toEqual(states.slice(0, 3));
  });

  test("kinds are read as words", () => {
    expect(kindWords("GuardianRotation")).toBe("Guardian Rotation");
    expect(kindWords("OtaActivation")).toBe("OTA Activation");
  });

  test("a precedence names who comes first", () => {
    expect(reasonWords({ code: "precedence", winner: "cer-2" })).toContain("cer-2");
  });

  test("refusals are counted only where there are some", () => {
    const progress = { accepted: 1, refused: 0, required: 2, total: 3 };
    expect(progressWords(progress)).toBe("1 of 2 needed accepted; 3 asked");
    expect(progressWords({ ...progress, refused: 1 })).toContain("1 refused");
  });
});
