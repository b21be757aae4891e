import { inBlock, openBlock } from "../../syntax/block.ts";
import type { Parser } from "../../syntax/parser.ts";
import { T } from "../../syntax/token-kind.ts";
import { parseProtocolBody } from "../protocol/body.ts";
import type { Call, LocalProtocol } from "./node.ts";

/** `call Settle`. */
export function parseCall(p: Parser): Call | undefined {
  const start = p.start;
  p.next();
  const target = p.name("the name of a local protocol");
  return target === undefined ? undefined : { kind: "call", target, span: p.spanFrom(start) };
}

/** `where` and the local protocols under it; the cursor stands at `where`. */
export function parseWhere(p: Parser): LocalProtocol[] {
  p.next();
  const closer = openBlock(p, "`where` blocks");
  if (closer !== undefined) return inBlock(p, closer, () => parseLocals(p), []);
  const locals = parseLocals(p);
  if (locals.length === 0) p.fail("a local protocol");
  return locals;
}

function parseLocals(p: Parser): LocalProtocol[] {
  const locals: LocalProtocol[] = [];
  while (p.kind !== p.closer && p.kind !== T.eof && p.kind !== T.close) {
    const before = p.pos;
    if (p.isWord("protocol")) {
      const local = parseLocal(p);
      if (local !== undefined) locals.push(local);
    } else {
      if (p.closer === T.eof) return locals;
      p.fail("a local protocol");
      p.skipConstruct();
    }
    if (p.pos === before) p.next();
  }
  return locals;
}

function parseLocal(p: Parser): LocalProtocol | undefined {
  const start = p.start;
  p.next();
  const name = p.name("the name of the local protocol");
  if (name === undefined) {
    p.skipLine();
    p.skipBlock();
    return undefined;
  }
  if (p.kind === T.lparen) {
    p.report("localRoles", p.span);
    p.skipBrackets();
  }
  const body = parseProtocolBody(p, "local").body;
  return { kind: "localProtocol", name, body, span: p.spanFrom(start) };
}
