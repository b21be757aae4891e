import { abandon, declaredName } from "../../syntax/members.ts";
import type { Parser } from "../../syntax/parser.ts";
import { T } from "../../syntax/token-kind.ts";
import type { Name } from "../name.ts";
import type { Fragment } from "./node.ts";

/** `fragment Hold(ship, hold)`; the cursor stands at the keyword. */
export function parseFragment(p: Parser): Fragment | undefined {
  const start = p.start;
  p.next();
  const name = declaredName(p, "the name of the fragment");
  if (name === undefined) return abandon(p);
  const params = p.kind === T.lparen ? parseNameList(p, "the name of a parameter") : [];
  return { kind: "fragment", name, params, span: p.spanFrom(start) };
}

/** Names between parentheses, at least one; the cursor stands at `(`. */
export function parseNameList(p: Parser, expected: string): readonly Name[] {
  p.next();
  const names = p.names(expected);
  if (!p.eat(T.rparen)) {
    if (names.length > 0) p.fail("`,` or `)`");
    while (p.kind !== T.rparen && p.kind !== T.eof && p.kind !== T.open && p.kind !== T.close) p.next();
    p.eat(T.rparen);
  }
  return names;
}
