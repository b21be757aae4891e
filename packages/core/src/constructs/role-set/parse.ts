import { abandon, declaredName, declaredNames, endHead, leaveHead } from "../../syntax/members.ts";
import type { Parser } from "../../syntax/parser.ts";
import { T } from "../../syntax/token-kind.ts";
import type { RoleSet } from "./node.ts";

/** `role_set Crew = Captain, Mate` or `= subset(Crew, 0..1)`; the cursor stands at the keyword. */
export function parseRoleSet(p: Parser): RoleSet | undefined {
  const start = p.start;
  p.next();
  const name = declaredName(p, "the name of the role set");
  if (name === undefined) return abandon(p);
  const blocks = endHead(p, "a role set");
  if (blocks === undefined) return abandon(p);
  const before = p.sink.size;
  const subset = p.isWord("subset") && p.peek() === T.lparen ? parseSubset(p) : undefined;
  const members =
    subset === undefined && p.sink.size === before ? declaredNames(p, "a role or a role set") : [];
  const span = p.spanFrom(start);
  if (p.sink.size > before) abandon(p);
  leaveHead(p, blocks);
  return { kind: "roleSet", name, members, ...(subset === undefined ? {} : { subset }), span };
}

/** `subset(Crew, 0..2)`. */
function parseSubset(p: Parser): RoleSet["subset"] {
  p.next();
  p.next();
  const of = declaredName(p, "the name of a role set");
  if (of === undefined || !p.expect(T.comma, "`,`")) return undefined;
  const start = parseNumber(p);
  if (start === undefined || !p.expect(T.dotDot, "`..`")) return undefined;
  const end = parseNumber(p);
  if (end === undefined || !p.expect(T.rparen, "`)`")) return undefined;
  return { of, start, end };
}

function parseNumber(p: Parser): number | undefined {
  if (p.kind !== T.int) return p.fail("a number");
  const number = Number(p.text());
  p.next();
  return number;
}
