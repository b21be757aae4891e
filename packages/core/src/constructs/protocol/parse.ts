import type { Parser } from "../../syntax/parser.ts";
import { T } from "../../syntax/token-kind.ts";
import type { LocalProtocol } from "../call/node.ts";
import { parseWhere } from "../call/parse.ts";
import type { Name } from "../name.ts";
import type { RoleDecl } from "../roles/node.ts";
import { parseRoleDecls } from "../roles/parse.ts";
import { parseProtocolBody } from "./body.ts";
import type { ProtocolDecl } from "./node.ts";

/** `protocol P(…) requires … = body where …`; the cursor stands at `protocol`. */
export function parseProtocol(p: Parser): ProtocolDecl {
  const start = p.start;
  p.next();
  const name = p.name("the name of the protocol") ?? { text: "", span: { start: p.start, end: p.start } };
  const header = p.kind === T.lparen ? parseHeaderRoles(p) : undefined;
  const clauses = parseClauses(p);
  const read = parseProtocolBody(p, header === undefined ? "protocol" : "protocolWithRoles");
  const locals: LocalProtocol[] = p.isWord("where") ? parseWhere(p) : [];
  locals.push(...p.strayLocals);
  return {
    kind: "protocol",
    name,
    ...clauses,
    roles: header ?? read.roles,
    rolesFrom: header !== undefined ? "header" : read.rolesLine ? "line" : "none",
    body: read.body,
    locals,
    span: p.spanFrom(start),
  };
}

function parseHeaderRoles(p: Parser): RoleDecl[] {
  p.next();
  const roles = parseRoleDecls(p);
  if (!p.eat(T.rparen)) {
    p.fail("`,` or `)`");
    while (p.kind !== T.rparen && p.kind !== T.eq && p.kind !== T.eof && p.kind !== T.open) p.next();
    p.eat(T.rparen);
  }
  return roles;
}

const clauseOrder = ["requires", "uses", "under"] as const;

/** `requires`, `uses`, `under`, in that order. */
function parseClauses(p: Parser): Record<(typeof clauseOrder)[number], readonly Name[]> {
  const found: Record<(typeof clauseOrder)[number], Name[]> = { requires: [], uses: [], under: [] };
  let reached = -1;
  for (;;) {
    const clause = clauseOrder.findIndex((word) => p.isWord(word));
    const word = clauseOrder[clause];
    if (word === undefined) return found;
    if (clause <= reached) p.report("clauseOrder", p.span, { args: { found: word } });
    reached = Math.max(reached, clause);
    p.next();
    found[word].push(...p.names("a name"));
  }
}
