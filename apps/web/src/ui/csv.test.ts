import { expect, test } from "vitest";
import { csvOf } from "./csv.ts";

test("a table begins with its names and ends each line as the format asks", () => {
  expect(
    csvOf(
      ["a", "b"],
      [
        ["x", 1],
        [null, true],
      ],
    ),
  ).toBe("a,b\r\nx,1\r\n,true\r\n");
});

test("quotes, commas and line ends are quoted; no cell is taken for a formula", () => {
  expect(csvOf(["a"], [['say "no", twice'], ["=1+1"], [-3]])).toBe(
    'a\r\n"say ""no"", twice"\r\n\'=1+1\r\n-3\r\n',
  );
});
