import type { Writer } from "../print/writer.ts";
import type { Checker } from "../resolve/checker.ts";
import { laterStatement, removedStatement, skipStatement } from "../syntax/later.ts";
import type { Parser } from "../syntax/parser.ts";
import { T } from "../syntax/token-kind.ts";
import { checkBroadcast } from "./broadcast/check.ts";
import { printBroadcast } from "./broadcast/print.ts";
import { parseCall, parseWhere } from "./call/parse.ts";
import { printCall } from "./call/print.ts";
import { checkChoice } from "./choice/check.ts";
import { parseChoice } from "./choice/parse.ts";
import { printChoice } from "./choice/print.ts";
import { checkLoop } from "./loop/check.ts";
import { parseLoop } from "./loop/parse.ts";
import { printLoop } from "./loop/print.ts";
import { checkPar } from "./par/check.ts";
import { parsePar } from "./par/parse.ts";
import { printPar } from "./par/print.ts";
import { checkRec } from "./rec/check.ts";
import { parseContinue, parseRec } from "./rec/parse.ts";
import { printContinue, printRec } from "./rec/print.ts";
import { checkSend } from "./send/check.ts";
import { parseSend } from "./send/parse.ts";
import { printSend } from "./send/print.ts";
import type { Statement, StatementKind } from "./statement.ts";

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

/** Statements of other versions, and words out of place; anything else is a send. */
function parseUnread(p: Parser, word: string): Statement | undefined {
  const removed = removedStatement(p, word);
  if (removed !== undefined) {
    p.report("removedConstruct", p.span, { args: { what: removed } });
    skipStatement(p);
    return undefined;
  }
  const later = laterStatement(p, word);
  if (later !== undefined) {
    p.report("notSupported", p.span, { args: { what: later } });
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
