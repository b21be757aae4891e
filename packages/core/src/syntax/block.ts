import type { Statement, StatementKind } from "../constructs/statement.ts";
import type { Fix } from "../diagnostics/diagnostic.ts";
import type { Span } from "../text/span.ts";
import { isClosing, nestingLimit, type Parser } from "./parser.ts";
import { removeBraces } from "./remove-braces.ts";
import { T } from "./token-kind.ts";

/** Names of the blocks whose brace form was removed, as the reference words them. */
export type LegacyBlock =
  | "protocol blocks"
  | "`where` blocks"
  | "choice blocks"
  | "branch bodies"
  | "`par` blocks"
  | "`rec` blocks"
  | "loop blocks"
  | "case blocks"
  | "timeout bodies"
  | "`let ... in` bodies"
  | "operation blocks"
  | "guest runtime blocks";

const whatIs: Record<StatementKind, string> = {
  send: "a send",
  broadcast: "a broadcast",
  choice: "a choice that has ended",
  loop: "a loop that has ended",
  rec: "a `rec` that has ended",
  continue: "`continue`",
  par: "a `par` that has ended",
  call: "`call`",
  let: "`let`",
  case: "a `case` that has ended",
  timeout: "a `timeout` that has ended",
  begin: "`begin`",
  await: "`await`",
  resolve: "`resolve`",
  invalidate: "`invalidate`",
  publish: "`publish`",
  publishAs: "`publish`",
  materialize: "`materialize`",
  handoff: "`handoff`",
  dependentWork: "`dependent work`",
};

/**
 * Enters a block: indentation, `( … )`, or the removed `{ … }`, which is
 * reported and then read all the same. Gives the kind that ends it.
 */
export function openBlock(p: Parser, legacy: LegacyBlock): number | undefined {
  const kind = p.kind;
  if (kind !== T.open && kind !== T.lparen && kind !== T.lbrace) return undefined;
  if (kind === T.lbrace) {
    // The outermost fix takes the inner braces along.
    const fix = p.closer === T.rbrace ? undefined : removeBraces(p, legacy === "protocol blocks" ? "=" : "");
    p.report("legacyBrace", p.span, { args: { what: legacy }, fix });
  }
  p.next();
  return kind === T.open ? T.close : kind === T.lparen ? T.rparen : T.rbrace;
}

/** Reads `read` inside a block that ends with `closer`, and passes the end. */
export function inBlock<R>(p: Parser, closer: number, read: () => R, tooDeep: R): R {
  const outer = p.closer;
  p.closer = closer;
  p.depth++;
  let result = tooDeep;
  if (p.depth > nestingLimit) {
    p.report("nestedTooDeep", p.span, { args: { limit: String(nestingLimit) } });
    skipTo(p, closer);
  } else {
    result = read();
  }
  p.depth--;
  p.eat(closer);
  p.closer = outer;
  return result;
}

/** Passes to the end of the block just entered without reading it. */
function skipTo(p: Parser, closer: number): void {
  const opener = closer === T.close ? T.open : closer - 1;
  let depth = 0;
  while (p.kind !== T.eof) {
    if (p.kind === opener) depth++;
    else if (p.kind === closer && depth-- === 0) return;
    p.next();
  }
}

/** The body of `rec`, `loop` and the like: a block, reported when missing. */
export function parseBody(p: Parser, legacy: LegacyBlock, what: string): readonly Statement[] {
  const closer = openBlock(p, legacy);
  if (closer === undefined) {
    p.report("expectedBody", p.span, { args: { what } });
    const inline: Statement[] = [];
    // A statement on the line of the head is read all the same.
    if (!p.startsLine && p.kind === T.ident) readOne(p, inline);
    return inline;
  }
  return inBlock(p, closer, () => parseStatements(p), []);
}

/**
 * The body of an arm: a block, or one statement on the arm's own line. Deeper
 * lines under that one statement are an error, and are kept.
 */
export function parseArmBody(p: Parser, legacy: LegacyBlock, what: string): readonly Statement[] {
  const closer = openBlock(p, legacy);
  if (closer !== undefined) return inBlock(p, closer, () => parseStatements(p), []);
  if (p.startsLine || p.kind === p.closer || p.kind === T.bar || p.kind === T.eof || p.kind === T.close) {
    p.report("expectedBody", p.span, { args: { what } });
    return [];
  }
  return parseOne(p);
}

/**
 * The body of an arm that stands in a block of arms: lines that are not
 * deeper than its bar can only be meant as its body.
 */
export function parseBarBody(p: Parser, what: string): readonly Statement[] {
  if (!p.startsLine || p.kind !== T.ident || isArmLine(p)) return parseArmBody(p, "branch bodies", what);
  const { start } = p;
  const span = { start, end: endOfLine(p) };
  const body = parseStatements(p, true);
  // Inside removed braces there is no indentation to speak of.
  if (p.closer !== T.close) return body;
  const last = body.at(-1)?.span.end;
  const fix = last === undefined ? undefined : indent(p.source, start, last);
  p.sink.report("expectedBody", span, { args: { what }, fix });
  return body;
}

/** Moves the lines from one offset to another right by two blanks. */
function indent(source: string, from: number, to: number): Fix {
  const edits: Fix["edits"][number][] = [];
  for (let at = source.lastIndexOf("\n", from - 1) + 1; at < to; ) {
    const next = source.indexOf("\n", at) + 1 || source.length;
    if (source.slice(at, next).trim() !== "") edits.push({ span: { start: at, end: at }, text: "  " });
    at = next;
  }
  return { title: "Indent what belongs to it", edits };
}

/** One statement, such as an arm that stands without its bar. */
export function parseOne(p: Parser): readonly Statement[] {
  const body: Statement[] = [];
  readOne(p, body);
  while (p.kind === T.open) absorbDeeper(p, body);
  return body;
}

/** Statements up to the end of the block. Always makes progress, whatever the tokens. */
export function parseStatements(p: Parser, stopAtBar = false): readonly Statement[] {
  const body: Statement[] = [];
  for (;;) {
    const kind = p.kind;
    if (kind === p.closer || kind === T.eof || kind === T.close) return body;
    if (kind === T.bar) {
      if (stopAtBar) return body;
      p.report("expectedStatement", p.span, { args: { found: p.found } });
      p.skipConstruct();
    } else if (kind === T.open) absorbDeeper(p, body);
    else readOne(p, body);
  }
}

function readOne(p: Parser, body: Statement[]): void {
  const before = p.pos;
  const statement = p.statement();
  if (statement !== undefined) body.push(statement);
  else {
    if (p.pos === before && isClosing(p.kind)) p.next();
    else if (p.pos === before || !p.startsLine) p.skipLine();
    if (p.kind === T.open) readStray(p, body);
  }
  if (p.pos === before) p.next();
}

/** A block under a statement that takes none: reported, and its statements kept as if aligned. */
function absorbDeeper(p: Parser, body: Statement[]): void {
  const above = body.at(-1);
  const span = { start: p.start, end: endOfLine(p) };
  readStray(p, body);
  if (above === undefined) {
    p.sink.report("unexpectedIndent", span);
    return;
  }
  const last = body.at(-1)?.span.end ?? span.end;
  p.sink.report("indentedUnderStatement", span, {
    args: { what: whatIs[above.kind] },
    fix: above.kind === "let" ? openLet(above.span.end) : align(p.source, above.span.start, span.start, last),
    related: [{ span: above.span, message: `${whatIs[above.kind]} takes no indented lines` }],
  });
}

/** Moves the lines from one offset to another left, to the column of a statement that starts its line. */
function align(source: string, above: number, from: number, to: number): Fix | undefined {
  const lineStart = (at: number): number => source.lastIndexOf("\n", at - 1) + 1;
  const column = above - lineStart(above);
  if (source.slice(above - column, above).trim() !== "") return undefined;
  const by = from - lineStart(from) - column;
  const edits: Fix["edits"][number][] = [];
  for (let at = lineStart(from); at < to; ) {
    const next = source.indexOf("\n", at) + 1 || source.length;
    const blank = source.slice(at, next).trim() === "";
    if (!blank && source.slice(at, at + by) !== " ".repeat(by)) return undefined;
    if (!blank) edits.push({ span: { start: at, end: at + by }, text: "" });
    at = next;
  }
  return by > 0 && edits.length > 0 ? { title: "Align with the statement above", edits } : undefined;
}

/** A deeper line under a `let` is meant as its block. */
const openLet = (end: number): Fix => ({
  title: "Add `in`, so that these lines are its block",
  edits: [{ span: { start: end, end }, text: " in" }],
});

function readStray(p: Parser, body: Statement[]): void {
  if (p.peek() === T.bar) {
    p.skipBlock();
    return;
  }
  p.next();
  body.push(...inBlock(p, T.close, () => parseStatements(p), []));
}

/** Where the line of the current token ends. */
export function endOfLine(p: Parser): number {
  const newline = p.source.indexOf("\n", p.start);
  const end = newline < 0 ? p.source.length : newline;
  return end > p.start && p.source.charCodeAt(end - 1) === 13 ? end - 1 : end;
}

/**
 * Arms of `choice`, `case` and `par`: a block of `|` lines. What `isArm` takes
 * for an arm is read without its bar; all that has none is reported once, the
 * rest of it is dropped.
 */
export function parseArms<A>(
  p: Parser,
  legacy: LegacyBlock,
  what: string,
  arm: () => A | undefined,
  isArm: (p: Parser) => boolean,
): readonly A[] {
  const arms: A[] = [];
  const closer = openBlock(p, legacy);
  if (closer === undefined) {
    p.report("expectedArm", p.span, { args: { what } });
    while (p.kind === T.bar) readArm(p, arms, arm);
    return arms;
  }
  return inBlock(p, closer, () => readArms(p, what, arms, arm, isArm), arms);
}

function readArms<A>(
  p: Parser,
  what: string,
  arms: A[],
  arm: () => A | undefined,
  isArm: (p: Parser) => boolean,
): readonly A[] {
  const bare: Span[] = [];
  let stray: Span | undefined;
  let tried = false;
  for (;;) {
    const before = p.pos;
    const kind = p.kind;
    if (kind === p.closer || kind === T.eof || kind === T.close) break;
    tried ||= kind === T.bar;
    if (kind === T.bar) readArm(p, arms, arm);
    else if (isArm(p)) {
      bare.push(p.span);
      readArm(p, arms, arm);
    } else {
      stray ??= p.span;
      parseStatements(p, true);
    }
    if (p.pos === before) p.next();
  }
  const first = [bare[0], stray].find((span) => span !== undefined);
  if (first !== undefined) {
    const mends = bare.length > 0 && stray === undefined && arms.length > 1;
    p.sink.report("expectedArm", first, { args: { what }, fix: mends ? addBars(bare) : undefined });
  } else if (!tried) p.report("expectedArm", p.span, { args: { what } });
  return arms;
}

const addBars = (bare: readonly Span[]): Fix => ({
  title: "Start each arm with `|`",
  edits: bare.map(({ start }) => ({ span: { start, end: start }, text: "| " })),
});

/** Whether a line reads `Label … =>`: an arm that lacks its bar. */
export function isArmLine(p: Parser): boolean {
  if (p.kind !== T.ident || p.atNextSend) return false;
  const end = endOfLine(p);
  for (let ahead = 1; p.spanAt(ahead).end <= end; ahead++) {
    const kind = p.peek(ahead);
    if (kind === T.fatArrow) return true;
    if (kind === T.eof || kind === T.open || kind === T.close || kind === T.arrow) return false;
  }
  return false;
}

function readArm<A>(p: Parser, arms: A[], arm: () => A | undefined): void {
  const read = arm();
  if (read !== undefined) arms.push(read);
  else {
    if (!p.startsLine) p.skipLine();
    p.skipBlock();
  }
}
