import { laterStatement, removedStatement, skipStatement } from "../syntax/later.ts";
import type { Parser } from "../syntax/parser.ts";
import { T } from "../syntax/token-kind.ts";
import { parseCall, parseWhere } from "./call/parse.ts";
import { parseChoice } from "./choice/parse.ts";
import { parseLoop } from "./loop/parse.ts";
import { parsePar } from "./par/parse.ts";
import { parseContinue, parseRec } from "./rec/parse.ts";
import { parseSend } from "./send/parse.ts";
import type { Statement, StatementKind } from "./statement.ts";

const parsers: Readonly<Record<string, (p: Parser) => Statement | undefined>> = {
  choice: parseChoice,
  loop: parseLoop,
  rec: parseRec,
  continue: parseContinue,
  par: parsePar,
  call: parseCall,
};
export type X = StatementKind;

/** Reads one statement. A word is a keyword unless an arrow or an index makes it a role. */
export function parseStatement(p: Parser): Statement | undefined {
  if (p.kind !== T.ident) return parseSend(p);
  const next = p.peek();
  if (next === T.arrow || next === T.arrowStar || next === T.lbracket) return parseSend(p);
  const word = p.text();
  const parse = Object.hasOwn(parsers, word) ? parsers[word] : undefined;
  if (parse !== undefined && (next !== T.lbrace || word === "par")) return parse(p);
  if (next === T.lbrace) return parseSend(p);
  return parseUnread(p, word);
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
