import { describe, expect, it } from "vitest";
import { findings, protocol } from "../testing/findings.ts";

const fork = (left: string, right: string): string =>
  protocol(`par\n  |\n    ${left}\n    A -> B : X\n  |\n    ${right}\n    B -> A : Y`);

describe("what statements of one role say to each other", () => {
  it("expects an operation to be begun somewhere", () => {
    expect(findings(protocol("begin Op\nA -> B : M\nawait Op\nresolve Op as Cancelled"))).toEqual([]);
    expect(findings(protocol("A -> B : M\nawait Op"))).toEqual(["4:PAR3541"]);
    expect(findings(protocol("begin Op\nA -> B : M\ninvalidate Opp"))).toEqual(["5:PAR3541"]);
  });

  it("expects what is materialised to be published", () => {
    expect(findings(protocol("publish w as Page\nA -> B : M\nmaterialize proof from Page"))).toEqual([]);
    expect(findings(protocol("publish Page\nA -> B : M\nmaterialize proof from Page"))).toEqual([]);
    expect(findings(protocol("A -> B : M\nmaterialize proof from Page"))).toEqual(["4:PAR3542"]);
  });

  it("keeps the names bound in arms of par apart", () => {
    expect(findings(fork("let x = a", "let y = a"))).toEqual([]);
    expect(findings(fork("let x = a", "let x = a"))).toEqual(["8:PAR3543"]);
    expect(findings(fork("publish w as P", "materialize w from P"))).toEqual([]);
    const source = `${fork("let x = a", "call L")}where\n  protocol L =\n    let x = b\n`;
    expect(findings(source)).toEqual(["12:PAR3543"]);
  });

  it("lets one member perform a case, not a family", () => {
    const body = (sender: string): string =>
      protocol(
        `case x of\n  | Ok => ${sender} -> A : X\n  | Err => ${sender} -> A : Y\nW -> A : Z`,
        "A, W[3]",
      );
    expect(findings(body("W[0]"))).toEqual([]);
    expect(findings(body("W"))).toEqual(["3:PAR3005"]);
  });
});
