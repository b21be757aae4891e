import { expect, test } from "vitest";
import { syncPairs } from "./sync-all.ts";

test("after the pairs were synchronised, every replica of a group holds what any of it held", () => {
  for (const groups of [
    [["a", "b", "c", "d"], ["e"]],
    [["a"]],
    [
      ["a", "b"],
      ["c", "d", "e"],
    ],
    [],
  ]) {
    const held = new Map(groups.flat().map((one) => [one, new Set([one])]));
    for (const [one, other] of syncPairs(groups)) {
      const both = new Set([...(held.get(one) ?? []), ...(held.get(other) ?? [])]);
      held.set(one, new Set(both)).set(other, both);
    }
    for (const group of groups)
      for (const one of group) expect([...(held.get(one) ?? [])].sort()).toEqual(group);
  }
});
