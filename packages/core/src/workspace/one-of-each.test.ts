import { expect, test } from "vitest";
import { oneOfEachModule } from "./one-of-each.ts";

const named = (...modules: readonly (string | undefined)[]) => modules.map((module, at) => ({ module, at }));
const kept = (modules: readonly (string | undefined)[], own?: string) =>
  oneOfEachModule(named(...modules), own).map(({ at }) => at);

test("of several texts with one module name the first is meant, whatever comes later", () => {
  expect(kept(["sea", "harbour", "sea", "harbour"])).toEqual([0, 1]);
});

test("a text never meets one of its own name; texts without a name all stay", () => {
  expect(kept(["sea", undefined, "harbour", undefined], "sea")).toEqual([1, 2, 3]);
  expect(kept([undefined, "sea"])).toEqual([0, 1]);
});
