import type { LocalProtocol } from "../constructs/call/node.ts";
import type { Name } from "../constructs/name.ts";
import type { Statement } from "../constructs/statement.ts";
import type { CodeName } from "../diagnostics/codes.ts";
import type { DiagnosticSink, ReportOptions } from "../diagnostics/sink.ts";
import type { Span } from "../text/span.ts";
import { describeToken, T } from "./token-kind.ts";
import type { TokenList } from "./token-list.ts";

/** How deep blocks and type arguments may nest; deeper text is skipped with a finding. */
export const nestingLimit = 400;

/**
 * A cursor over laid-out tokens with the few moves every construct needs. It
 * knows no construct: `dispatch`, given from outside, reads one statement.
 */
export class Parser {
  readonly source: string;
  readonly sink: DiagnosticSink;
  /** Local protocols found where they must not stand; kept so that calls to them resolve. */
  readonly strayLocals: LocalProtocol[] = [];
  /** Index of the current token. */
  pos = 0;
  /** The token kind that ends the block being read. */
  closer: number = T.close;
  depth = 0;
  /** How many `on …` lines were found where no `timeout` ends. */
  strayHandlers = 0;
  private readonly kinds: Uint8Array;
  private readonly starts: Int32Array;
  private readonly ends: Int32Array;
  private readonly firsts: Uint8Array;
  private readonly last: number;
  private readonly dispatch: (p: Parser) => Statement | undefined;

  constructor(tokens: TokenList, sink: DiagnosticSink, dispatch: (p: Parser) => Statement | undefined) {
    this.source = tokens.source;
    this.sink = sink;
    this.kinds = tokens.kinds;
    this.starts = tokens.starts;
    this.ends = tokens.ends;
    this.firsts = tokens.first;
    this.last = tokens.count - 1;
    this.dispatch = dispatch;
  }

  get kind(): number {
    return this.kinds[this.pos] ?? 0;
  }

  /** Offset of the current token. */
  get start(): number {
    return this.starts[this.pos] ?? 0;
  }

  get end(): number {
    return this.ends[this.pos] ?? 0;
  }

  /** Where the last consumed token ended. */
  get lastEnd(): number {
    return this.pos === 0 ? 0 : (this.ends[this.pos - 1] ?? 0);
  }

  /** Whether the current token is the first of its line. */
  get startsLine(): boolean {
    return this.firsts[this.pos] === 1;
  }

  get span(): Span {
    return { start: this.start, end: this.end };
  }

  spanAt(ahead: number): Span {
    const at = Math.min(this.pos + ahead, this.last);
    return { start: this.starts[at] ?? 0, end: this.ends[at] ?? 0 };
  }

  peek(ahead = 1): number {
    return this.kinds[Math.min(this.pos + ahead, this.last)] ?? 0;
  }

  next(): void {
    if (this.pos < this.last) this.pos++;
  }

  statement(): Statement | undefined {
    return this.dispatch(this);
  }

  text(ahead = 0): string {
    const at = this.pos + ahead;
    return this.source.slice(this.starts[at] ?? 0, this.ends[at] ?? 0);
  }

  /** Whether the current (or a later) token is the given word; a keyword ends at a word boundary. */
  isWord(word: string, ahead = 0): boolean {
    const at = this.pos + ahead;
    if (this.kinds[at] !== T.ident) return false;
    const start = this.starts[at] ?? 0;
    return (this.ends[at] ?? 0) - start === word.length && this.source.startsWith(word, start);
  }

  eatWord(word: string): boolean {
    if (!this.isWord(word)) return false;
    this.next();
    return true;
  }

  eat(kind: number): boolean {
    if (this.kind !== kind) return false;
    this.next();
    return true;
  }

  /** Reports, unless the place is a bracket without a partner: that was said already. */
  report(name: CodeName, span: Span, options?: ReportOptions): void {
    if (span.start === this.start && this.kind === T.other && "(){}[]".includes(this.text())) return;
    this.sink.report(name, span, options);
  }

  /** The current token in words, for "found …". */
  get found(): string {
    return describeToken(this.kind, this.text());
  }

  fail(expected: string, options: ReportOptions = {}): undefined {
    if (this.kind === T.other && this.source.charCodeAt(this.start) === 95) {
      this.report("badName", this.span, { args: { found: this.text() } });
      return undefined;
    }
    this.report("expected", this.span, { ...options, args: { expected, found: this.found } });
    return undefined;
  }

  expect(kind: number, expected: string): boolean {
    if (this.eat(kind)) return true;
    this.fail(expected);
    return false;
  }

  name(expected: string): Name | undefined {
    if (this.kind !== T.ident) return this.fail(expected);
    const name = { text: this.text(), span: this.span };
    this.next();
    return name;
  }

  /** A name inside a statement: the sender on the next line is none. */
  nameHere(expected: string): Name | undefined {
    return this.atNextSend ? this.fail(expected) : this.name(expected);
  }

  /** Whether a send starts a line here, so that what was being read breaks off. */
  get atNextSend(): boolean {
    if (!this.startsLine || this.kind !== T.ident) return false;
    const next = this.peek();
    return next === T.arrow || next === T.arrowStar || next === T.lbracket || next === T.lbrace;
  }

  /** From an offset to the end of the last consumed token. */
  spanFrom(start: number): Span {
    return { start, end: Math.max(start, this.lastEnd) };
  }

  /** Names between commas; at least one. */
  names(expected: string): Name[] {
    const names: Name[] = [];
    do {
      const name = this.name(expected);
      if (name === undefined) break;
      names.push(name);
    } while (this.eat(T.comma));
    return names;
  }

  /** Passes from an opening bracket over its closing one; balanced, never past the block. */
  skipBrackets(): void {
    let depth = 0;
    do {
      const kind = this.kind;
      if (kind === T.eof || kind === T.open || kind === T.close) return;
      if (isOpening(kind)) depth++;
      else if (isClosing(kind)) depth--;
      this.next();
    } while (depth > 0);
  }

  /** Passes over the rest of the line, brackets whole; stops before an indented block or the end of this one. */
  skipLine(): void {
    for (;;) {
      const kind = this.kind;
      if (kind === T.eof || kind === T.open || kind === T.close || kind === this.closer) return;
      if (isOpening(kind)) this.skipBrackets();
      else this.next();
      if (this.startsLine && !isClosing(this.kind) && !isContinuation(this.kind)) return;
    }
  }

  /** Passes over an indented block, when one starts here. */
  skipBlock(): void {
    if (this.kind !== T.open) return;
    let depth = 0;
    do {
      const kind = this.kind;
      if (kind === T.eof) return;
      if (kind === T.open) depth++;
      else if (kind === T.close) depth--;
      this.next();
    } while (depth > 0);
  }

  /** Passes over a whole construct by layout: its line and the block under it. */
  skipConstruct(): void {
    this.next();
    if (!this.startsLine) this.skipLine();
    this.skipBlock();
  }
}

export const isOpening = (kind: number): boolean =>
  kind === T.lparen || kind === T.lbrace || kind === T.lbracket;
export const isClosing = (kind: number): boolean =>
  kind === T.rparen || kind === T.rbrace || kind === T.rbracket;
const isContinuation = (kind: number): boolean =>
  kind === T.arrow || kind === T.arrowStar || kind === T.lbrace;
