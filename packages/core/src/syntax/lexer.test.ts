import { describe, expect, it } from "vitest";
import { DiagnosticSink } from "../diagnostics/sink.ts";
import { lex } from "./lexer.ts";
import { T } from "./token-kind.ts";

function tokens(source: string) {
  const sink = new DiagnosticSink();
  const raw = lex(source, sink);
  const words = Array.from({ length: raw.count }, (_, i) => source.slice(raw.starts[i], raw.ends[i]));
  const kinds = Array.from({ length: raw.count }, (_, i) => raw.kinds[i]);
  const indents = Array.from({ length: raw.count }, (_, i) => raw.indents[i]);
  return { words, kinds, indents, raw, codes: sink.finish().map((d) => d.code) };
}

describe("lex", () => {
  it("ends a word only at a word boundary", () => {
    expect(tokens("beginner offerer of_x Okay").words).toEqual(["beginner", "offerer", "of_x", "Okay"]);
  });

  it("tells arrows, ranges and durations apart", () => {
    const { words, kinds } = tokens("A->B ->*:x=>0..4 5s");
    expect(words).toEqual(["A", "->", "B", "->*", ":", "x", "=>", "0", "..", "4", "5", "s"]);
    expect(kinds.slice(1, 4)).toEqual([T.arrow, T.ident, T.arrowStar]);
  });

  it("keeps dashes and braces inside strings", () => {
    expect(tokens('"a -- {b" c').words).toEqual(['"a -- {b"', "c"]);
  });

  it("records the indentation of a line that starts after a comment", () => {
    const { words, indents } = tokens("a\n  {- one\n    two -} b c");
    expect(words).toEqual(["a", "b", "c"]);
    expect(indents).toEqual([0, 4, -1]);
  });

  it("reads a comment that was meant to nest as one comment", () => {
    const { words, codes, raw } = tokens("a {- x {- y -} z -} b");
    expect(words).toEqual(["a", "b"]);
    expect(codes).toEqual(["PAR1003"]);
    expect(raw.comments).toEqual([{ start: 2, end: 19 }]);
  });

  it("closes an open string at the end of its line", () => {
    const { words, codes } = tokens('a "b c\r\nd');
    expect(words).toEqual(["a", '"b c', "d"]);
    expect(codes).toEqual(["PAR1004"]);
  });

  it("takes a name with a leading underscore, and foreign letters, as one unknown token each", () => {
    const { words, kinds } = tokens("_ghost été ?");
    expect(words).toEqual(["_ghost", "é", "t", "é", "?"]);
    expect(kinds[0]).toBe(T.other);
  });
});
