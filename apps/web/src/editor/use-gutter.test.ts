import { expect, test, vi } from "vitest";

vi.mock("./monaco.ts", () => ({ monaco: {} }));
const { movedBreaks } = await import("./use-gutter.ts");

const lines = new Map([
  [3, "0"],
  [4, "1"],
  [5, "2"],
]);

test("a breakpoint whose line begins another statement now goes with the line", () => {
  const shown = new Map<string, number | undefined>([
    ["0", 3],
    ["1", 5],
    ["7", 9],
    ["8", undefined],
  ]);
  expect([...movedBreaks(shown, lines)]).toEqual([["1", "2"]]);
});
