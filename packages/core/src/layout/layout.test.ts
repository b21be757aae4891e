import { describe, expect, it } from "vitest";
import { DiagnosticSink } from "../diagnostics/sink.ts";
import { lex } from "../syntax/lexer.ts";
import { T } from "../syntax/token-kind.ts";
import { layOut } from "./layout.ts";

/** The tokens with `⟨` and `⟩` where blocks open and close, and the codes found. */
function laidOut(source: string): { shape: string; codes: string[] } {
  const sink = new DiagnosticSink();
  const list = layOut(lex(source, sink), sink);
  const words: string[] = [];
  for (let i = 0; i < list.count; i++) {
    const kind = list.kinds[i];
    if (kind === T.open) words.push("⟨");
    else if (kind === T.close) words.push("⟩");
    else if (kind !== T.eof) words.push(source.slice(list.starts[i], list.ends[i]));
  }
  return { shape: words.join(" "), codes: sink.finish().map((d) => d.code) };
}

describe("layOut", () => {
  it("opens and closes blocks by indentation", () => {
    expect(laidOut("a\n  b\n    c\n  d\ne")).toEqual({ shape: "a ⟨ b ⟨ c ⟩ d ⟩ e", codes: [] });
  });

  it("takes the least indented line for the margin", () => {
    expect(laidOut("   a\n     b\n   c")).toEqual({ shape: "a ⟨ b ⟩ c", codes: [] });
  });

  it("continues a line with an arrow or a brace at any column", () => {
    expect(laidOut("a\n      -> b\n  ->* c\n    { d }")).toEqual({ shape: "a -> b ->* c { d }", codes: [] });
  });

  it("opens nothing inside brackets", () => {
    expect(laidOut("a (b\n      c\n d) e\n  f")).toEqual({ shape: "a ( b c d ) e ⟨ f ⟩", codes: [] });
  });

  it("ignores blank and comment lines", () => {
    expect(laidOut("a\n\n         -- x\n  b\n-- y\n  c")).toEqual({ shape: "a ⟨ b c ⟩", codes: [] });
  });

  it("counts a tab as two columns after reporting it once", () => {
    expect(laidOut("a\n\tb\n\tc")).toEqual({ shape: "a ⟨ b c ⟩", codes: ["PAR1101"] });
  });

  it("keeps the block open for a line between two levels", () => {
    expect(laidOut("a\n    b\n  c\n  d")).toEqual({ shape: "a ⟨ b c d ⟩", codes: ["PAR1102"] });
  });

  it("does not let a bracket without partner swallow the lines after it", () => {
    expect(laidOut("a { b\n  c\nd")).toEqual({ shape: "a { b ⟨ c ⟩ d", codes: ["PAR1104"] });
    expect(laidOut("a )\n  c")).toEqual({ shape: "a ) ⟨ c ⟩", codes: ["PAR1103"] });
  });
});
