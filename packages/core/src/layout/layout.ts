import type { DiagnosticSink } from "../diagnostics/sink.ts";
import type { RawTokens } from "../syntax/lexer.ts";
import { T } from "../syntax/token-kind.ts";
import type { TokenList } from "../syntax/token-list.ts";
import { type BracketEffects, pairBrackets } from "./brackets.ts";

/**
 * Turns indentation into virtual `open` and `close` tokens. A line deeper than
 * the block it stands in opens one, a shallower line closes. Lines inside
 * brackets, and lines that start with `->`, `->*` or `{`, continue what came
 * before and open nothing. The least indented line of the text is the margin.
 * Source positions stay as written: no text is rewritten. Brackets without a
 * partner come out as `other` tokens.
 */
export function layOut(raw: RawTokens, sink: DiagnosticSink): TokenList {
  if (raw.tabs.length > 0) reportTabs(raw, sink);
  return new Layout(raw, pairBrackets(raw, sink), sink).run();
}

function reportTabs(raw: RawTokens, sink: DiagnosticSink): void {
  const at = raw.tabs[0] ?? 0;
  sink.report(
    "tabs",
    { start: at, end: at + 1 },
    {
      args: { count: String(raw.tabs.length) },
      fix: {
        title: "Replace tabs in indentation by two spaces each",
        edits: raw.tabs.map((tab) => ({ span: { start: tab, end: tab + 1 }, text: "  " })),
      },
    },
  );
}

class Layout {
  private readonly raw: RawTokens;
  private readonly effects: BracketEffects;
  private readonly sink: DiagnosticSink;
  private readonly kinds: Uint8Array;
  private readonly starts: Int32Array;
  private readonly ends: Int32Array;
  private readonly first: Uint8Array;
  private count = 0;
  private readonly stack: number[];

  constructor(raw: RawTokens, effects: BracketEffects, sink: DiagnosticSink) {
    this.raw = raw;
    this.effects = effects;
    this.sink = sink;
    let lines = 0;
    for (let i = 0; i < raw.count; i++) if ((raw.indents[i] ?? -1) >= 0) lines++;
    const size = raw.count + 2 * lines + 1;
    this.kinds = new Uint8Array(size);
    this.starts = new Int32Array(size);
    this.ends = new Int32Array(size);
    this.first = new Uint8Array(size);
    this.stack = [Math.max(raw.indents[0] ?? 0, 0)];
  }

  run(): TokenList {
    const { raw, effects } = this;
    let depth = 0;
    for (let i = 0; i < raw.count; i++) {
      const indent = raw.indents[i] ?? -1;
      if (indent >= 0) {
        if (depth === 0 && !continues(raw.kinds[i] ?? 0)) this.line(i, indent);
        this.first[this.count] = 1;
      }
      this.copy(i);
      const effect = effects[i];
      if (effect === 1) depth++;
      else if (effect === 2) depth--;
    }
    const end = this.count === 0 ? 0 : (this.ends[this.count - 1] ?? 0);
    while (this.stack.length > 1) {
      this.stack.pop();
      this.virtual(T.close, end);
    }
    this.virtual(T.eof, raw.source.length);
    return {
      source: raw.source,
      count: this.count,
      kinds: this.kinds,
      starts: this.starts,
      ends: this.ends,
      first: this.first,
      comments: raw.comments,
    };
  }

  private line(index: number, indent: number): void {
    const { stack } = this;
    const start = this.raw.starts[index] ?? 0;
    let top = stack.at(-1) ?? 0;
    if (indent > top) {
      stack.push(indent);
      this.virtual(T.open, start);
      return;
    }
    const end = this.count === 0 ? start : (this.ends[this.count - 1] ?? start);
    while (indent < top && stack.length > 1) {
      const below = stack.at(-2) ?? 0;
      if (below < indent) {
        // Between two levels: report, and go on as if the line stood in the deeper block.
        this.reportInconsistent(start, indent);
        stack[stack.length - 1] = indent;
        return;
      }
      stack.pop();
      this.virtual(T.close, end);
      top = below;
    }
    if (indent < top) {
      this.reportInconsistent(start, indent);
      stack[0] = indent;
    }
  }

  private reportInconsistent(start: number, indent: number): void {
    this.sink.report(
      "inconsistentIndent",
      { start: Math.max(0, start - indent), end: start },
      { args: { column: String(indent + 1) } },
    );
  }

  private copy(index: number): void {
    const at = this.count++;
    const kind = this.raw.kinds[index] ?? 0;
    const unpaired = kind >= T.lparen && kind <= T.rbracket && this.effects[index] === 0;
    this.kinds[at] = unpaired ? T.other : kind;
    this.starts[at] = this.raw.starts[index] ?? 0;
    this.ends[at] = this.raw.ends[index] ?? 0;
  }

  private virtual(kind: number, offset: number): void {
    const at = this.count++;
    this.kinds[at] = kind;
    this.starts[at] = offset;
    this.ends[at] = offset;
  }
}

const continues = (kind: number): boolean => kind === T.arrow || kind === T.arrowStar || kind === T.lbrace;
