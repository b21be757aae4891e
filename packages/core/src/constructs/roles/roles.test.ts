import { describe, expect, it } from "vitest";
import { parseAndCheck } from "../../check.ts";
import { findings, protocol } from "../../testing/findings.ts";
import { withoutSpans } from "../../testing/without-spans.ts";

describe("roles", () => {
  it("are declared on a line or in the header", () => {
    const line = parseAndCheck(protocol("A ->* : X", "A, B[3], C[N], D[*]")).file.protocol;
    const header = parseAndCheck("protocol P(A, B[3], C[N],\n    D[*]) =\n  A ->* : X\n").file.protocol;
    expect(withoutSpans(header?.roles)).toEqual(withoutSpans(line?.roles));
    expect([line?.rolesFrom, header?.rolesFrom]).toEqual(["line", "header"]);
  });

  it("are mentioned whole, by member, by name and by range", () => {
    const { file } = parseAndCheck(
      protocol("A -> W : X\nA -> W[1] : X\nA -> W[i] : X\nA -> W[*] : X\nA -> W[0..n] : X", "A, W[3]"),
    );
    const indices = file.protocol?.body.map((s) => (s.kind === "send" ? s.to.index : undefined));
    expect(indices).toEqual([
      undefined,
      { kind: "at", index: 1 },
      { kind: "symbolic", name: "i" },
      { kind: "all" },
      { kind: "range", start: 0, end: "n" },
    ]);
  });

  it("have limits on counts, indices and ranges", () => {
    expect(
      findings(protocol("A -> W[10000] : X\nA -> W[2..2] : X\nA -> W[0..1001] : X", "A, W[10001]")),
    ).toEqual(["2:PAR1403", "3:PAR1404", "4:PAR1405", "5:PAR1406"]);
  });

  it("keep indices within the declared size", () => {
    expect(
      findings(protocol("A -> W[2] : X\nA -> W[3] : X\nA -> W[1..4] : X\nA -> V[9] : X", "A, W[3], V[N]")),
    ).toEqual(["4:PAR2010", "5:PAR2010"]);
  });

  it("that only unused local protocols mention count as unused", () => {
    const source = `${protocol("A -> B : X", "A, B, C")}where\n  protocol Spare =\n    A -> C : Y\n`;
    expect(findings(source)).toEqual(["2:PAR2003", "5:PAR2008"]);
  });

  it("list over several lines is read after the finding", () => {
    const { file, diagnostics } = parseAndCheck(
      "protocol P =\n  roles A,\n    B,\n    C\n  A -> B : X\n  B -> C : Y\n",
    );
    expect(diagnostics.map((d) => d.code)).toEqual(["PAR1107"]);
    expect(file.protocol?.roles.map((role) => role.name.text)).toEqual(["A", "B", "C"]);
  });
});
