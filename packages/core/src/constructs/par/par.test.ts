import { describe, expect, it } from "vitest";
import { parseAndCheck } from "../../check.ts";
import { findings, protocol } from "../../testing/findings.ts";

describe("par", () => {
  it("reads arms of one statement and of blocks", () => {
    const par = parseAndCheck(protocol("par\n  | A -> B : X\n  |\n    B -> A : Y\n    B -> A : Z")).file
      .protocol?.body[0];
    expect(par?.kind === "par" && par.arms.map((arm) => arm.body.length)).toEqual([1, 2]);
  });

  it("needs two arms", () => {
    expect(findings(protocol("par\n  | A -> B : X"))).toEqual(["3:PAR3006"]);
  });

  it("never loses a deeper line of an arm", () => {
    const source = protocol("par\n  | A -> B : X\n    B -> A : Y\n  | B -> A : Z");
    expect(findings(source)).toEqual(["5:PAR1105"]);
    const par = parseAndCheck(source).file.protocol?.body[0];
    expect(par?.kind === "par" && par.arms.map((arm) => arm.body.length)).toEqual([2, 1]);
  });

  it("reports arms without bars once", () => {
    expect(findings(protocol("par\n  A -> B : X\n  B -> A : Y"))).toEqual(["4:PAR1205"]);
  });
});
