import type { DiagnosticSink } from "../diagnostics/sink.ts";
import type { Span } from "../text/span.ts";
import { T } from "./token-kind.ts";

/** What the lexer hands to layout: tokens without trivia, and where lines begin. */
export interface RawTokens {
  readonly source: string;
  readonly count: number;
  readonly kinds: readonly number[];
  readonly starts: readonly number[];
  readonly ends: readonly number[];
  /** Column of the line (leading blanks) for the first token of a line, else -1. */
  readonly indents: readonly number[];
  readonly comments: readonly Span[];
  /** Offsets of tabs found in the indentation of lines that hold code. */
  readonly tabs: readonly number[];
}

/** Class of each ASCII character: 1 letter, 2 digit, 3 blank, 4 newline, 5 underscore, 0 the rest. */
const classes = new Uint8Array(128);
for (let c = 65; c <= 90; c++) {
  classes[c] = 1;
  classes[c + 32] = 1;
}
for (let c = 48; c <= 57; c++) classes[c] = 2;
classes[32] = 3;
classes[9] = 3;
classes[13] = 3;
classes[10] = 4;
classes[95] = 5;

/** Single-character tokens by character code. */
const singles = new Uint8Array(128);
for (const [text, kind] of [
  [":", T.colon],
  [",", T.comma],
  ["|", T.bar],
  ["*", T.star],
  ["(", T.lparen],
  [")", T.rparen],
  ["{", T.lbrace],
  ["}", T.rbrace],
  ["[", T.lbracket],
  ["]", T.rbracket],
  ["<", T.lt],
  [">", T.gt],
] as const) {
  singles[text.charCodeAt(0)] = kind;
}

const DASH = 45;
const GREATER = 62;
const EQUALS = 61;
const QUOTE = 34;
const DOT = 46;
const OPEN_BRACE = 123;
const CLOSE_BRACE = 125;
const NEWLINE = 10;
const TAB = 9;
const TAB_WIDTH = 2;

/**
 * Splits a text into tokens in one pass over its character codes. Any text is
 * accepted: what starts no token becomes an `other` token, for the parser to
 * reject. Lexical findings (comments, strings) go to `sink`.
 */
export function lex(source: string, sink: DiagnosticSink): RawTokens {
  return new Lexer(source, sink).run();
}

class Lexer {
  private readonly source: string;
  private readonly sink: DiagnosticSink;
  // Plain arrays: most texts are short, and a typed array costs more to make than they cost to read.
  private readonly kinds: number[] = [];
  private readonly starts: number[] = [];
  private readonly ends: number[] = [];
  private readonly indents: number[] = [];
  private count = 0;
  private readonly comments: Span[] = [];
  private readonly tabs: number[] = [];
  private lineStart = 0;
  private recordedLine = -1;
  /** Index of the last block comment that held a `{-`, its inner place, and the tokens before it ended. */
  private nested = { comment: -1, inner: 0, tokens: 0 };

  constructor(source: string, sink: DiagnosticSink) {
    this.source = source;
    this.sink = sink;
  }

  run(): RawTokens {
    const { source } = this;
    const length = source.length;
    let at = 0;
    while (at < length) {
      const code = source.charCodeAt(at);
      const kind = code < 128 ? (classes[code] ?? 0) : 0;
      if (kind === 3) at++;
      else if (kind === 1) {
        const start = at++;
        while (at < length && isWord(source.charCodeAt(at))) at++;
        this.push(T.ident, start, at);
      } else if (kind === 4) this.lineStart = ++at;
      else if (kind === 2) {
        const start = at++;
        while (at < length && isDigit(source.charCodeAt(at))) at++;
        this.push(T.int, start, at);
      } else at = this.symbol(code, at);
    }
    return {
      source,
      count: this.count,
      kinds: this.kinds,
      starts: this.starts,
      ends: this.ends,
      indents: this.indents,
      comments: this.comments,
      tabs: this.tabs,
    };
  }

  private symbol(code: number, at: number): number {
    const next = this.source.charCodeAt(at + 1);
    if (code === DASH) return this.dash(at, next);
    if (code === EQUALS) {
      return next === GREATER ? this.push(T.fatArrow, at, at + 2) : this.push(T.eq, at, at + 1);
    }
    if (code === QUOTE) return this.string(at);
    if (code === DOT) return next === DOT ? this.push(T.dotDot, at, at + 2) : this.push(T.dot, at, at + 1);
    if (code === OPEN_BRACE && next === DASH) return this.blockComment(at);
    const single = code < 128 ? (singles[code] ?? 0) : 0;
    if (single !== 0) return this.push(single, at, at + 1);
    return this.other(at);
  }

  private dash(at: number, next: number): number {
    if (next === GREATER) {
      return this.source.charCodeAt(at + 2) === 42
        ? this.push(T.arrowStar, at, at + 3)
        : this.push(T.arrow, at, at + 2);
    }
    if (next === DASH) {
      const newline = this.source.indexOf("\n", at);
      const end = newline < 0 ? this.source.length : newline;
      this.comments.push({ start: at, end });
      return end;
    }
    if (next === CLOSE_BRACE && this.nested.comment >= 0) return this.closeNested(at + 2);
    return this.push(T.other, at, at + 1);
  }

  private blockComment(at: number): number {
    const close = this.source.indexOf("-}", at + 2);
    if (close < 0) {
      this.sink.report("unclosedComment", { start: at, end: at + 2 });
      this.comments.push({ start: at, end: this.source.length });
      return this.source.length;
    }
    const inner = this.source.indexOf("{-", at + 2);
    if (inner >= 0 && inner < close) {
      this.nested = { comment: this.comments.length, inner, tokens: this.count };
    }
    this.comments.push({ start: at, end: close + 2 });
    // Bounded by the comment itself, so many comments on one line stay linear.
    for (let back = close; back >= at; back--) {
      if (this.source.charCodeAt(back) === NEWLINE) {
        this.lineStart = back + 1;
        break;
      }
    }
    return close + 2;
  }

  /** A stray `-}` after a comment that held `{-`: the author meant it to nest, so all up to here is comment. */
  private closeNested(end: number): number {
    const { comment, inner, tokens } = this.nested;
    const start = this.comments[comment]?.start ?? inner;
    this.comments.length = comment;
    this.comments.push({ start, end });
    this.count = tokens;
    this.recordedLine = -1;
    this.nested = { comment: -1, inner: 0, tokens: 0 };
    this.sink.report("nestedComment", { start: inner, end: inner + 2 });
    return end;
  }

  private string(at: number): number {
    const { source } = this;
    let end = at + 1;
    for (; end < source.length; end++) {
      const code = source.charCodeAt(end);
      if (code === QUOTE) return this.push(T.string, at, end + 1);
      if (code === NEWLINE) break;
    }
    // The rest of the line is the string; a trailing CR stays white space.
    if (end > at + 1 && source.charCodeAt(end - 1) === 13) end--;
    this.sink.report("unclosedString", { start: at, end });
    return this.push(T.string, at, end);
  }

  /** A run no token starts with: a name with a leading underscore, or foreign characters. */
  private other(at: number): number {
    const { source } = this;
    const start = at++;
    const code = source.charCodeAt(start);
    if (code === 95) {
      while (at < source.length && isWord(source.charCodeAt(at))) at++;
    } else if (code >= 128) {
      while (at < source.length && source.charCodeAt(at) >= 128) at++;
    }
    return this.push(T.other, start, at);
  }

  private push(kind: number, start: number, end: number): number {
    const index = this.count;
    this.kinds[index] = kind;
    this.starts[index] = start;
    this.ends[index] = end;
    if (this.recordedLine === this.lineStart) this.indents[index] = -1;
    else {
      this.recordedLine = this.lineStart;
      this.indents[index] = this.leadingBlanks();
    }
    this.count = index + 1;
    return end;
  }

  private leadingBlanks(): number {
    const { source } = this;
    let column = 0;
    for (let at = this.lineStart; at < source.length; at++) {
      const code = source.charCodeAt(at);
      if (code === 32) column++;
      else if (code === TAB) {
        this.tabs.push(at);
        column += TAB_WIDTH;
      } else break;
    }
    return column;
  }
}

function isWord(code: number): boolean {
  if (code >= 128) return false;
  const kind = classes[code] ?? 0;
  return kind === 1 || kind === 2 || kind === 5;
}

const isDigit = (code: number): boolean => code >= 48 && code <= 57;
