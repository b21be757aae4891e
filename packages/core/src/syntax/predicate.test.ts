import { describe, expect, it } from "vitest";
import { parsePredicate } from "./predicate.ts";

describe("parsePredicate", () => {
  it.each([
    ["f(x + 1)"],
    ["a.b.c()"],
    ["a[1]"],
    ["a && (b || !c)"],
    ["1.5 < x"],
    ["m!(x)"],
    ["a::b > 1"],
    ["true"],
    ["x > 'c'"],
    ["(a)"],
    ["a || b || c && d"],
    ["!a == b"],
    ["a.0"],
    ["a.0.b"],
    ["!(a < b) && c"],
    ["f(a)(b)"],
    ["f::<T>(x)"],
    ["_x"],
    ["0x1f"],
    ["1u8 == x"],
    ["é"],
    ["self.x"],
    ["1"],
  ])("accepts %s, as the reference does", (text) => {
    expect(parsePredicate(text).ok).toBe(true);
  });

  it.each([
    ["count >= -1"],
    ["x + 1 > 2"],
    ["a == b == c"],
    ["a as u8"],
    ["&a"],
    ["()"],
    [""],
    ["a?"],
    ["S{}"],
    ["if a {b}"],
    ["a..b"],
    ["*a"],
    ["a = b"],
    ["a<b>c"],
    ["1 2"],
    ["loop"],
    ["a &&"],
    ["(a,b)"],
    ["[a]"],
  ])("refuses %s, as the reference does", (text) => {
    expect(parsePredicate(text).ok).toBe(false);
  });

  it("puts every operand of the normal form in parentheses", () => {
    expect(parsePredicate("stock > 0 && !(open || late)")).toEqual({
      ok: true,
      normal: "((stock) > (0)) && (!((open) || (late)))",
    });
  });

  it("names the reason for a chain of comparisons", () => {
    expect(parsePredicate("a < b < c")).toEqual({
      ok: false,
      reason: "comparison operators cannot be chained",
    });
  });

  it("survives any depth", () => {
    expect(parsePredicate("!(".repeat(100_000)).ok).toBe(false);
  });
});
