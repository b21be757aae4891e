import type { Writer } from "../print/writer.ts";
import type { Checker } from "../resolve/checker.ts";
import { removedStatement, skipStatement } from "../syntax/later.ts";
import type { Parser } from "../syntax/parser.ts";
import { T } from "../syntax/token-kind.ts";
import { parseAwait } from "./await/parse.ts";
import { printAwait } from "./await/print.ts";
import { parseBegin } from "./begin/parse.ts";
import { printBegin } from "./begin/print.ts";
import { checkBroadcast } from "./broadcast/check.ts";
import { printBroadcast } from "./broadcast/print.ts";
import { parseCall, parseWhere } from "./call/parse.ts";
import { printCall } from "./call/print.ts";
import { checkCase } from "./case/check.ts";
import { parseCase } from "./case/parse.ts";
import { printCase } from "./case/print.ts";
import { checkChoice } from "./choice/check.ts";
import { parseChoice } from "./choice/parse.ts";
import { printChoice } from "./choice/print.ts";
import { parseDependentWork } from "./dependent-work/parse.ts";
import { printDependentWork } from "./dependent-work/print.ts";
import { checkHandoff } from "./handoff/check.ts";
import { parseHandoff } from "./handoff/parse.ts";
import { printHandoff } from "./handoff/print.ts";
import { parseInvalidate } from "./invalidate/parse.ts";
import { printInvalidate } from "./invalidate/print.ts";
import { checkLet } from "./let/check.ts";
import { parseLet, parseUnbound } from "./let/parse.ts";
import { printLet } from "./let/print.ts";
import { checkLoop } from "./loop/check.ts";
import { parseLoop } from "./loop/parse.ts";
import { printLoop } from "./loop/print.ts";
import { parseMaterialize } from "./materialize/parse.ts";
import { printMaterialize } from "./materialize/print.ts";
import { checkPar } from "./par/check.ts";
import { parsePar } from "./par/parse.ts";
import { printPar } from "./par/print.ts";
import { parsePublish } from "./publish/parse.ts";
import { printPublish, printPublishAs } from "./publish/print.ts";
import { checkRec } from "./rec/check.ts";
import { parseContinue, parseRec } from "./rec/parse.ts";
import { printContinue, printRec } from "./rec/print.ts";
import { parseResolve } from "./resolve/parse.ts";
import { printResolve } from "./resolve/print.ts";
import { checkSend } from "./send/check.ts";
import { parseSend } from "./send/parse.ts";
import { printSend } from "./send/print.ts";
import type { Statement, StatementKind } from "./statement.ts";
import { checkTimeout } from "./timeout/check.ts";
import { parseTimeout } from "./timeout/parse.ts";
import { printTimeout } from "./timeout/print.ts";

type Block = readonly Statement[];

/** What the front end must know of a kind of statement. Sends and broadcasts have no keyword. */
export interface Construct<S extends Statement> {
  readonly keyword: string | undefined;
  readonly parse: (p: Parser) => Statement | undefined;
  readonly print: (node: S, w: Writer) => void;
  /** Finds what is wrong with this statement alone; labels and calls are checked for the whole protocol. */
  readonly check: (node: S, c: Checker) => void;
  /** The bodies inside, in source order. */
  readonly blocks: (node: S) => readonly Block[];
}

type Table = { readonly [K in StatementKind]: Construct<Extract<Statement, { kind: K }>> };

const nothing = (): void => undefined;
const leaf = (): readonly Block[] => [];

/** Every kind of statement. A new kind without a part here does not compile. */
export const constructs: Table = {
  send: { keyword: undefined, parse: parseSend, print: printSend, check: checkSend, blocks: leaf },
  broadcast: {
    keyword: undefined,
    parse: parseSend,
    print: printBroadcast,
    check: checkBroadcast,
    blocks: leaf,
  },
  choice: {
    keyword: "choice",
    parse: parseChoice,
    print: printChoice,
    check: checkChoice,
    blocks: (node) => node.arms.map((arm) => arm.body),
  },
  loop: {
    keyword: "loop",
    parse: parseLoop,
    print: printLoop,
    check: checkLoop,
    blocks: (node) => [node.body],
  },
  rec: { keyword: "rec", parse: parseRec, print: printRec, check: checkRec, blocks: (node) => [node.body] },
  continue: { keyword: "continue", parse: parseContinue, print: printContinue, check: nothing, blocks: leaf },
  par: {
    keyword: "par",
    parse: parsePar,
    print: printPar,
    check: checkPar,
    blocks: (node) => node.arms.map((arm) => arm.body),
  },
  call: { keyword: "call", parse: parseCall, print: printCall, check: nothing, blocks: leaf },
  let: {
    keyword: "let",
    parse: parseLet,
    print: printLet,
    check: checkLet,
    blocks: (node) => (node.body === undefined ? [] : [node.body]),
  },
  case: {
    keyword: "case",
    parse: parseCase,
    print: printCase,
    check: checkCase,
    blocks: (node) => node.arms.map((arm) => arm.body),
  },
  timeout: {
    keyword: "timeout",
    parse: parseTimeout,
    print: printTimeout,
    check: checkTimeout,
    blocks: (node) =>
      node.onCancel === undefined ? [node.body, node.onTimeout] : [node.body, node.onTimeout, node.onCancel],
  },
  begin: { keyword: "begin", parse: parseBegin, print: printBegin, check: nothing, blocks: leaf },
  await: { keyword: "await", parse: parseAwait, print: printAwait, check: nothing, blocks: leaf },
  resolve: { keyword: "resolve", parse: parseResolve, print: printResolve, check: nothing, blocks: leaf },
  invalidate: {
    keyword: "invalidate",
    parse: parseInvalidate,
    print: printInvalidate,
    check: nothing,
    blocks: leaf,
  },
  publish: { keyword: "publish", parse: parsePublish, print: printPublish, check: nothing, blocks: leaf },
  publishAs: { keyword: "publish", parse: parsePublish, print: printPublishAs, check: nothing, blocks: leaf },
  materialize: {
    keyword: "materialize",
    parse: parseMaterialize,
    print: printMaterialize,
    check: nothing,
    blocks: leaf,
  },
  handoff: {
    keyword: "handoff",
    parse: parseHandoff,
    print: printHandoff,
    check: checkHandoff,
    blocks: leaf,
  },
  dependentWork: {
    keyword: undefined,
    parse: parseDependentWork,
    print: printDependentWork,
    check: nothing,
    blocks: leaf,
  },
};

/** The row of one statement. The table pairs kinds and rows, which an indexed access cannot express. */
const rowOf = (statement: Statement): Construct<Statement> =>
  constructs[statement.kind] as unknown as Construct<Statement>;

export const printStatement = (statement: Statement, w: Writer): void => rowOf(statement).print(statement, w);
export const checkStatement = (statement: Statement, c: Checker): void =>
  rowOf(statement).check(statement, c);
export const blocksOf = (statement: Statement): readonly Block[] => rowOf(statement).blocks(statement);

const byKeyword = new Map<string, (p: Parser) => Statement | undefined>();
for (const row of Object.values(constructs))
  if (row.keyword !== undefined) byKeyword.set(row.keyword, row.parse);

/** Reads one statement. A word is a keyword unless an arrow or an index makes it a role. */
export function parseStatement(p: Parser): Statement | undefined {
  if (p.kind !== T.ident) return parseSend(p);
  const next = p.peek();
  if (next === T.arrow || next === T.arrowStar || next === T.lbracket) return parseSend(p);
  const word = p.text();
  const parse = byKeyword.get(word);
  if (parse !== undefined && (next !== T.lbrace || word === "par")) return parse(p);
  return next === T.lbrace ? parseSend(p) : parseUnread(p, word);
}

/** Keywords of two words, statements of other versions, and words out of place; anything else is a send. */
function parseUnread(p: Parser, word: string): Statement | undefined {
  const removed = removedStatement(p, word);
  if (removed !== undefined) {
    p.report("removedConstruct", p.span, { args: { what: removed } });
    skipStatement(p);
    return undefined;
  }
  if ((word === "authoritative" || word === "observe") && p.isWord("let", 1)) return parseLet(p);
  if (word === "check" || word === "observe") {
    const invocation = p.peek() === T.ident && p.peek(2) === T.dot;
    if (invocation) return parseUnbound(p);
  }
  if (word === "dependent" && p.isWord("work", 1)) return parseDependentWork(p);
  if (word === "on" && (p.isWord("timeout", 1) || p.isWord("cancel", 1))) {
    p.strayHandlers++;
    p.report("strayHandler", { start: p.start, end: p.spanAt(1).end }, { args: { what: p.text(1) } });
    skipStatement(p);
    return undefined;
  }
  if (word === "where" && (p.peek() === T.open || p.isWord("protocol", 1))) {
    const inner = p.isWord("protocol", 2) ? 2 : 1;
    p.report("whereIndented", p.spanAt(inner), { related: [{ span: p.span, message: "this `where`" }] });
    p.strayLocals.push(...parseWhere(p));
    return undefined;
  }
  if (word === "roles" && p.peek() === T.ident) {
    p.report("secondRoles", p.span);
    skipStatement(p);
    return undefined;
  }
  return parseSend(p);
}
