import { expect, test } from "vitest";
import { flipBit } from "./flip-bit.ts";

const zeros = "0".repeat(64);
const value = { id: zeros, count: 3, path: [{ sibling: zeros, side: "left" }] };

test("one digit of one hash is turned, each time of the next one", () => {
  expect(flipBit(value, 0)).toEqual({ where: "id", value: { ...value, id: `1${zeros.slice(1)}` } });
  const second = flipBit(value, 1);
  expect(second.where).toBe("path.0.sibling");
  expect(second.value.path[0]?.sibling).toBe(`01${zeros.slice(2)}`);
  expect(flipBit(value, 2).where).toBe("id");
});

test("what holds no hash stays as it is", () => {
  expect(flipBit({ a: "text" }, 4)).toEqual({ value: { a: "text" }, where: "" });
});
