import { describe, expect, it } from "vitest";
import { parseAndCheck } from "../check.ts";
import { applyFix } from "../diagnostics/apply-fix.ts";
import { findings } from "../testing/findings.ts";

const fruit = "type Fruit =\n  | Apple\n  | Pear(Nat)\n  | Plum\n";
const program = (patterns: readonly string[], head = fruit, subject = "basket"): string => {
  const arms = patterns.map((pattern, i) => `    | ${pattern} => A -> B : M${i}\n`);
  return `${head}\nprotocol P =\n  roles A, B\n  case ${subject} of\n${arms.join("")}`;
};
const codes = (...args: Parameters<typeof program>): string[] =>
  parseAndCheck(program(...args)).diagnostics.map((d) => d.code);

describe("case", () => {
  it.each([
    [["Ok(x)", "Err(y)"]],
    [["Ok", "Err"]],
    [["Just(x)", "Nothing"]],
    [["Apple", "Pear(n)", "Plum"]],
    [["Gold", "Ok(x)"]],
    [["Gold"]],
  ])("accepts the arms %j", (patterns) => {
    expect(codes(patterns)).toEqual([]);
  });

  it.each([
    [["Ok(x)"], "PAR3520"],
    [["Nothing"], "PAR3520"],
    [["Apple", "Plum"], "PAR3520"],
    [["Ok(x, y)", "Err(z)"], "PAR3521"],
    [["Apple(x)", "Pear", "Plum"], "PAR3521"],
    [["Just(x)", "Nothing", "Just(y)"], "PAR3522"],
    [["Apple", "Pear", "Plum", "Gold"], "PAR3523"],
  ])("finds fault with %j: %s", (patterns, code) => {
    expect(codes(patterns)).toEqual([code]);
  });

  it("knows the answer of the operation that is asked, through aliases", () => {
    const effect = [
      "type alias Reply = Outcome",
      "type Outcome =",
      "  | Ok(Nat)",
      "  | Err(Nat)",
      "  | Later",
      "effect Shop",
      "  command ask : Item -> Reply { class : best_effort progress : immediate region : session agreement_use : none reentrancy : allow }",
      "",
    ].join("\n");
    const source = program(["Ok(x)", "Err(y)"], effect, "check Shop.ask(item)").replace(
      "protocol P",
      "protocol P uses Shop",
    );
    expect(parseAndCheck(source).diagnostics.map((d) => d.message)).toEqual([
      "non-exhaustive Outcome match in authority case/of: no arm for `Later`",
    ]);
  });

  it("offers the missing arms, in the layout of the others", () => {
    const source = program(["Apple"]).replace(
      "A -> B : M0\n",
      "\n      A -> B : M0\n      B -> A : M1 -- why\n",
    );
    const fix = parseAndCheck(source).diagnostics[0]?.fix;
    expect(fix?.title).toBe("Add the missing arms, doing what `Apple` does");
    const after = applyFix(source, fix ?? { title: "", edits: [] });
    expect(findings(after)).toEqual([]);
    expect(after.slice(after.indexOf("  case"))).toBe(
      [
        "  case basket of",
        "    | Apple => ",
        "      A -> B : M0",
        "      B -> A : M1 -- why",
        "    | Pear(value) =>",
        "      A -> B : M0",
        "      B -> A : M1",
        "    | Plum =>",
        "      A -> B : M0",
        "      B -> A : M1",
        "",
      ].join("\n"),
    );
  });

  it("says nothing of missing arms when one could not be read", () => {
    const source = program(["Ok(x)"]).replace(
      "A -> B : M0\n",
      "A -> B : M0\n    | Err(TimedOut(y)) => A -> B : M1\n",
    );
    expect(findings(source)).toEqual(["10:PAR1201"]);
  });
});
