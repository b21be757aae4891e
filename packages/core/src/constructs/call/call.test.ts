import { describe, expect, it } from "vitest";
import { parseAndCheck } from "../../check.ts";
import { findings, protocol } from "../../testing/findings.ts";

const where = "where\n  protocol L =\n    A -> B : X\n";

describe("calls", () => {
  it("resolve in every block, before and after the definition", () => {
    const body =
      "call L\nchoice A at\n  | Go =>\n    A -> B : Go\n    call L\n  | No => call L\nloop repeat 2\n  call L\npar\n  | call L\n  | B -> A : Y";
    expect(findings(protocol(body) + where)).toEqual([]);
  });

  it("of unknown protocols are errors in code that runs, warnings in code that does not", () => {
    expect(findings(protocol("A -> B : X\ncall M"))).toEqual(["4:PAR2004"]);
    expect(findings(`${protocol("A -> B : X")}where\n  protocol L =\n    call M\n`)).toEqual([
      "5:PAR2008",
      "6:PAR2005",
    ]);
  });

  it("in a circle are reported with the whole circle, where it closes", () => {
    const source = `${protocol("call L")}where\n  protocol L =\n    A -> B : X\n    call M\n  protocol M =\n    B -> A : Y\n    call L\n`;
    const { diagnostics } = parseAndCheck(source);
    expect(diagnostics.map((d) => d.message)).toEqual(["local protocol calls itself: L → M → L"]);
    expect(findings(source)).toEqual(["10:PAR2007"]);
  });

  it("resolve to protocols under an indented `where`, which is reported", () => {
    const source = protocol("call L\nwhere\n  protocol L =\n    A -> B : X");
    expect(findings(source)).toEqual(["5:PAR1212"]);
  });
});
