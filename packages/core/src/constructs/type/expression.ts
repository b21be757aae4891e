import { nestingLimit, type Parser } from "../../syntax/parser.ts";
import { T } from "../../syntax/token-kind.ts";
import type { TypeExpr } from "./node.ts";

/** `Unit`, `shop.Item`, `Maybe Item`, `Result Item Reason`, `{ … }`; the words are ordinary names where nothing follows. */
export function parseTypeExpr(p: Parser): TypeExpr | undefined {
  const start = p.start;
  if (p.kind === T.lbrace) {
    p.skipBrackets();
    return { kind: "record", ...rest(p, start) };
  }
  if (p.kind !== T.ident) return p.fail("a type");
  const word = p.text();
  p.next();
  if (word === "Maybe" && startsType(p)) {
    const of = nested(p);
    return of === undefined ? undefined : { kind: "maybe", of, ...rest(p, start) };
  }
  if (word === "Result" && startsType(p)) {
    const ok = nested(p);
    const err = ok === undefined ? undefined : nested(p);
    return ok === undefined || err === undefined ? undefined : { kind: "result", ok, err, ...rest(p, start) };
  }
  const path = [word];
  while (p.kind === T.dot) {
    p.next();
    const part = p.name("a type name");
    if (part === undefined) return undefined;
    path.push(part.text);
  }
  if (word === "Unit" && path.length === 1) return { kind: "unit", ...rest(p, start) };
  return { kind: "path", path, ...rest(p, start) };
}

function nested(p: Parser): TypeExpr | undefined {
  if (p.depth >= nestingLimit) {
    p.report("nestedTooDeep", p.span, { args: { limit: String(nestingLimit) } });
    p.skipLine();
    return undefined;
  }
  p.depth++;
  const type = parseTypeExpr(p);
  p.depth--;
  return type;
}

const startsType = (p: Parser): boolean => (p.kind === T.ident || p.kind === T.lbrace) && !p.startsLine;

function rest(p: Parser, start: number): Pick<TypeExpr, "text" | "span"> {
  const span = p.spanFrom(start);
  return { text: p.source.slice(span.start, span.end), span };
}
