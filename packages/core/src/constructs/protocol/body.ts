import { inBlock, openBlock, parseStatements } from "../../syntax/block.ts";
import type { Parser } from "../../syntax/parser.ts";
import { T } from "../../syntax/token-kind.ts";
import type { RoleDecl } from "../roles/node.ts";
import { parseRoleDecls } from "../roles/parse.ts";
import type { Statement } from "../statement.ts";

export interface ProtocolBody {
  readonly roles: readonly RoleDecl[];
  readonly rolesLine: boolean;
  readonly body: readonly Statement[];
}

const none: ProtocolBody = { roles: [], rolesLine: false, body: [] };

/** Where a body stands: only a protocol whose header names no roles may have a `roles` line. */
export type BodyPlace = "protocol" | "protocolWithRoles" | "local";

/** `= body`, with or without its `roles` line. */
export function parseProtocolBody(p: Parser, place: BodyPlace): ProtocolBody {
  if (!p.eat(T.eq)) {
    if (p.kind === T.lbrace) return readBlock(p, place);
    if (p.kind === T.open && p.peek() === T.eq) return readEqualsBelow(p, place);
    p.fail("`=`");
    if (p.kind !== T.open) {
      p.skipLine();
      if (p.kind !== T.open) return none;
    }
  }
  return readBlock(p, place);
}

function readBlock(p: Parser, place: BodyPlace): ProtocolBody {
  const closer = openBlock(p, "protocol blocks");
  if (closer !== undefined) return inBlock(p, closer, () => readInside(p, place), none);
  if (p.closer === T.rbrace) {
    // Inside removed braces there is no layout to tell where this body ends.
    while (p.kind !== T.rbrace && p.kind !== T.eof && !p.isWord("protocol")) p.next();
    return none;
  }
  p.report("expectedBody", p.span, { args: { what: "a protocol" } });
  // A body at the margin is still a body, up to the next protocol.
  if (!p.startsLine || p.kind === T.eof || p.isWord("protocol") || p.isWord("where")) return none;
  return readInside(p, place);
}

/** `=` on a line of its own, which belongs to the head. */
function readEqualsBelow(p: Parser, place: BodyPlace): ProtocolBody {
  p.next();
  p.report("equalsNextLine", p.span);
  p.next();
  const nested = openBlock(p, "protocol blocks");
  const body = inBlock(p, nested ?? T.close, () => readInside(p, place), none);
  if (nested !== undefined) p.eat(T.close);
  return body;
}

function readInside(p: Parser, place: BodyPlace): ProtocolBody {
  let roles: readonly RoleDecl[] = [];
  let rolesLine = false;
  if (p.isWord("roles") && p.peek() !== T.arrow && p.peek() !== T.arrowStar) {
    const allowed = place === "protocol";
    if (!allowed) p.report("rolesHere", p.span);
    p.next();
    if (p.kind === T.colon) {
      p.fail("a role name", { fix: { title: "Remove `:`", edits: [{ span: p.span, text: "" }] } });
      p.next();
    }
    const before = p.sink.size;
    const read = parseRoleDecls(p);
    if (p.sink.size > before && !p.startsLine) p.skipLine();
    if (allowed) {
      roles = read;
      rolesLine = true;
    }
  }
  return { roles, rolesLine, body: parseStatements(p) };
}
