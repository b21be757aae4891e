import { describe, expect, test } from "vitest";
import { memberSides } from "./topology-nodes.ts";

describe("both sides of a change", () => {
  test("the same nodes stand in the same places; who leaves and who joins is marked", () => {
    const { before, after } = memberSides(["ada", "bea"], ["bea", "chan"], (id) => id.toUpperCase());
    expect(before.map(({ id }) => id)).toEqual(after.map(({ id }) => id));
    expect(before.map(({ linked, mark }) => [linked, mark])).toEqual([
      [true, "leaves"],
      [true, undefined],
      [false, undefined],
    ]);
    expect(after.map(({ linked, mark }) => [linked, mark])).toEqual([
      [false, undefined],
      [true, undefined],
      [true, "joins"],
    ]);
    expect(after[2]?.name).toBe("CHAN");
  });
});
