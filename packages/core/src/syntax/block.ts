import type { Statement, StatementKind } from "../constructs/statement.ts";
import type { Fix } from "../diagnostics/diagnostic.ts";
import { isClosing, nestingLimit, type Parser } from "./parser.ts";
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
  if (kind === T.lbrace) p.report("legacyBrace", p.span, { args: { what: legacy } });
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
  if (above === undefined) p.report("unexpectedIndent", span);
  else {
    p.report("indentedUnderStatement", span, {
      args: { what: whatIs[above.kind] },
      fix: above.kind === "let" ? openLet(above.span.end) : undefined,
      related: [{ span: above.span, message: `${whatIs[above.kind]} takes no indented lines` }],
    });
  }
  readStray(p, body);
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

function endOfLine(p: Parser): number {
  const newline = p.source.indexOf("\n", p.start);
  const end = newline < 0 ? p.source.length : newline;
  return end > p.start && p.source.charCodeAt(end - 1) === 13 ? end - 1 : end;
}

/**
 * Arms of `choice` and `par`: a block of `|` lines. Statements without a bar
 * are reported once and dropped.
 */
export function parseArms<A>(
  p: Parser,
  legacy: LegacyBlock,
  what: string,
  arm: () => A | undefined,
): readonly A[] {
  const arms: A[] = [];
  const closer = openBlock(p, legacy);
  if (closer === undefined) {
    p.report("expectedArm", p.span, { args: { what } });
    while (p.kind === T.bar) readArm(p, arms, arm);
    return arms;
  }
  return inBlock(p, closer, () => readArms(p, what, arms, arm), arms);
}

function readArms<A>(p: Parser, what: string, arms: A[], arm: () => A | undefined): readonly A[] {
  let reported = false;
  for (;;) {
    const kind = p.kind;
    if (kind === p.closer || kind === T.eof || kind === T.close) break;
    if (kind === T.bar) readArm(p, arms, arm);
    else {
      if (!reported) p.report("expectedArm", p.span, { args: { what } });
      reported = true;
      parseStatements(p, true);
    }
  }
  if (arms.length === 0 && !reported) p.report("expectedArm", p.span, { args: { what } });
  return arms;
}

function readArm<A>(p: Parser, arms: A[], arm: () => A | undefined): void {
  const read = arm();
  if (read !== undefined) arms.push(read);
  else {
    if (!p.startsLine) p.skipLine();
    p.skipBlock();
  }
}
