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
  const requires = parseClauses(p);
  const read = parseProtocolBody(p, header === undefined ? "protocol" : "protocolWithRoles");
  const locals: LocalProtocol[] = p.isWord("where") ? parseWhere(p) : [];
  locals.push(...p.strayLocals);
  return {
    kind: "protocol",
    name,
    requires,
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

/** `requires`, `uses`, `under`, in that order. */
function parseClauses(p: Parser): Name[] {
  const order = ["requires", "uses", "under"];
  const requires: Name[] = [];
  let reached = -1;
  for (;;) {
    const clause = order.findIndex((word) => p.isWord(word));
    if (clause < 0) return requires;
    const word = order[clause] ?? "";
    if (clause <= reached) p.report("clauseOrder", p.span, { args: { found: word } });
    else if (clause > 0) p.report("notSupported", p.span, { args: { what: `the clause \`${word}\`` } });
    reached = Math.max(reached, clause);
    p.next();
    const names = p.names("a name");
    if (clause === 0) requires.push(...names);
  }
}
