import { expect, test } from "vitest";
import { readSelection, writeSelection } from "./selection-address.ts";

test("a selection survives the address", () => {
  for (const selection of [{ edge: "4.finalize.0", seq: 18 }, { edge: "0.Card.1#2" }, { seq: 7 }])
    expect(readSelection(writeSelection(selection) ?? "")).toEqual({ ...selection, source: "url" });
});

test("nothing selected leaves nothing in the address", () => {
  expect(writeSelection({})).toBeUndefined();
  expect(writeSelection({ role: "A" })).toBeUndefined();
});
