import { expect, it } from "vitest";
import { conditionText } from "./condition-text.ts";

it.each([
  ["energy > 1 && ready(x)", "((energy) > (1)) && (ready (x))"],
  ["!a && b.c(x, 1) || d[0] != 2", "((! (a)) && (b . c (x , 1))) || ((d [0]) != (2))"],
  ["a::b >= 1", "(a :: b) >= (1)"],
  ["!!a", "! (! (a))"],
  ["(a || b) && c", "((a) || (b)) && (c)"],
  ["f(g(x), -1)", "f (g (x) , - 1)"],
  ["x == 'c'", "(x) == ('c')"],
  ["m!(a, b)", "m ! (a , b)"],
  ["a::<b>::c(1)", "a :: < b > :: c (1)"],
  ["true", "true"],
])("prints %s as the reference does", (text, printed) => {
  expect(conditionText(text)).toBe(printed);
});
