import { describe, expect, test } from "vitest";
import { readUnfolding } from "./unfolding.tsx";

describe("a remembered choice of unfolding", () => {
  test("comes back as it was", () => {
    expect(readUnfolding("on:5")).toEqual({ on: true, size: 5 });
    expect(readUnfolding("off:2")).toEqual({ on: false, size: 2 });
  });

  test("is folded, three members when unfolded, for anything else", () => {
    for (const stored of [null, "", "on", "on:6", "on:1", "yes:3", "on:3 "]) {
      expect(readUnfolding(stored)).toEqual({ on: false, size: 3 });
    }
  });
});
