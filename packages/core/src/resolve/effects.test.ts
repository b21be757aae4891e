import { describe, expect, it } from "vitest";
import { parseAndCheck } from "../check.ts";
import { applyFix } from "../diagnostics/apply-fix.ts";
import { findings } from "../testing/findings.ts";

const metadata = (cls: string, progress: string): string =>
  `{ class : ${cls} progress : ${progress} region : session agreement_use : none reentrancy : allow }`;
const stock = [
  "effect Stock",
  `  authoritative reserve : Item -> Bool ${metadata("authoritative", "may_block")}`,
  `  command restock : Item -> Unit ${metadata("best_effort", "immediate")}`,
  `  observe level : Item -> Nat ${metadata("observational", "immediate")}`,
  "",
].join("\n");
const program = (statement: string, head = "protocol P uses Stock"): string =>
  `${stock}\n${head} =\n  roles A, B\n  ${statement}\n  A -> B : M\n`;

/** Every finding has a fix; applying it leaves nothing. */
function mended(source: string): string {
  const { diagnostics } = parseAndCheck(source);
  const fix = diagnostics[0]?.fix;
  if (fix === undefined) throw new Error("no fix");
  const after = applyFix(source, fix);
  expect(findings(after)).toEqual([]);
  return after;
}

describe("effect invocations", () => {
  it.each([
    "authoritative let x = check Stock.reserve(item)",
    "let x = check Stock.restock(item)",
    "observe let x at B = observe Stock.level(item)",
    "let x = check Stock.restock(item) in\n    A -> B : N",
  ])("accepts %j", (statement) => {
    expect(findings(program(statement))).toEqual([]);
  });

  it.each([
    ["let x = check Stock.reserve(item)", "PAR3534", "authoritative let x = check Stock.reserve(item)"],
    ["let x = observe Stock.level(item)", "PAR3535", "observe let x = observe Stock.level(item)"],
    ["authoritative let x = check Stock.restock(item)", "PAR3536", "let x = check Stock.restock(item)"],
    ["let x = check Stock.level(item)", "PAR3532", "observe let x = observe Stock.level(item)"],
    [
      "observe let x = observe Stock.reserve(item)",
      "PAR3533",
      "authoritative let x = check Stock.reserve(item)",
    ],
    ["let x = check Stock.restok(item)", "PAR3531", "let x = check Stock.restock(item)"],
    ["let x = check Stok.restock(item)", "PAR3530", "let x = check Stock.restock(item)"],
  ])("reports %j as %s, and mends it", (statement, code, right) => {
    const source = program(statement);
    expect(findings(source)).toEqual([`8:${code}`]);
    expect(mended(source)).toContain(`  ${right}\n`);
  });

  it.each([
    ["protocol P", "protocol P uses Stock"],
    ["protocol P uses Clock", "protocol P uses Clock, Stock"],
    ["protocol P under Live", "protocol P uses Stock under Live"],
  ])("adds the effect to the head %j", (head, right) => {
    const clock = `effect Clock\n  observe now : Unit -> Nat ${metadata("observational", "immediate")}\n`;
    const source = `profile Live fairness fair\n${clock}${program("let x = check Stock.restock(item)", head)}`;
    expect(findings(source)).toEqual(["11:PAR3530"]);
    expect(mended(source)).toContain(`${right} =`);
  });

  it("looks at what a case and a guard ask", () => {
    const arms = "\n    | True => A -> B : Y\n    | False => A -> B : N";
    expect(findings(program(`case check Stock.reserve(item) of${arms}`))).toEqual([]);
    expect(findings(program(`case check Stock.level(item) of${arms}`))).toEqual(["8:PAR3532"]);
    expect(findings(program(`case check Other.level(item) of${arms}`))).toEqual(["8:PAR3530"]);
    const guarded = (call: string): string =>
      `choice A at\n    | X when check ${call} yields w => A -> B : X\n    | Y => A -> B : Y`;
    expect(findings(program(guarded("Stock.reserve(item)")))).toEqual([]);
    expect(findings(program(guarded("Stock.level(item)")))).toEqual(["9:PAR3537"]);
    expect(findings(program(guarded("Stock.gone(item)")))).toEqual(["9:PAR3531"]);
  });

  it("says nothing of an effect that is used but not declared: the clause is at fault", () => {
    const source = "protocol P uses Ghost =\n  roles A, B\n  let x = check Ghost.see(item)\n  A -> B : M\n";
    expect(findings(source)).toEqual(["1:PAR3329"]);
  });
});
