import { describe, expect, it } from "vitest";
import { parseAndCheck } from "../../check.ts";
import { findings, protocol } from "../../testing/findings.ts";
import { withoutSpans } from "../../testing/without-spans.ts";

describe("a file", () => {
  it("holds a module line, bundles and one protocol", () => {
    const source = `module shop exposing (P)\nproof_bundle Core version "1" issuer "me" constraint "a" constraint "b" requires [x, y]\n\nprotocol P requires Core =\n  roles A, B\n  A -> B : X\n`;
    const { file, diagnostics } = parseAndCheck(source);
    expect(diagnostics).toEqual([]);
    expect(withoutSpans({ ...file, protocol: file.protocol?.requires })).toEqual({
      kind: "file",
      module: { kind: "module", name: { text: "shop" }, exposing: "P", names: [{ text: "P" }] },
      imports: [],
      declarations: [
        {
          kind: "proofBundle",
          name: { text: "Core" },
          version: "1",
          issuer: "me",
          constraints: ["a", "b"],
          capabilities: [{ text: "x" }, { text: "y" }],
        },
      ],
      protocol: [{ text: "Core" }],
    });
  });

  it("may wrap its body in parentheses", () => {
    expect(findings("protocol P = ( roles A, B\n  A -> B : X\n  B -> A : Y )\n")).toEqual([]);
  });

  it("reports removed statements at statement position only", () => {
    expect(findings(protocol("acquire key\nA -> B : X\n-- retry\n{-\nretry\n-}\nB -> A : retry"))).toEqual([
      "3:PAR1302",
    ]);
    expect(findings(protocol("tag -> B : X", "tag, B"))).toEqual([]);
  });

  it("without anything, and with binary rubbish, gives a file all the same", () => {
    for (const source of ["", "\n", "\u0000\u0001\uFFFF", "protocol"]) {
      const { file, diagnostics } = parseAndCheck(source);
      expect(file.kind).toBe("file");
      expect(diagnostics.some((d) => d.severity === "error")).toBe(true);
    }
  });
});
