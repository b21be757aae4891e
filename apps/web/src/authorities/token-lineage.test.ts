import { expect, test } from "vitest";
import { tokenLineage } from "./token-lineage.ts";

const token = (id: string, parent: string | null = null) => ({ id, parent });

test("each token stands before those made from it, one step deeper", () => {
  const lines = tokenLineage([token("c", "b"), token("a"), token("b", "a"), token("d", "a"), token("e")]);
  expect(lines.map(({ token: { id }, depth }) => `${depth}${id}`)).toEqual(["0a", "1b", "2c", "1d", "0e"]);
});

test("a token made from one that is not here is not lost", () => {
  expect(tokenLineage([token("b", "gone")])).toEqual([{ token: token("b", "gone"), depth: 0 }]);
});
