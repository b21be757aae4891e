import { abandon, declaredName } from "../../syntax/members.ts";
import type { Parser } from "../../syntax/parser.ts";
import { T } from "../../syntax/token-kind.ts";
import type { Name } from "../name.ts";
import type { Import } from "./node.ts";

/** `import harbour as H exposing (Pier)`; the cursor stands at `import`. */
export function parseImport(p: Parser): Import | undefined {
  const start = p.start;
  p.next();
  const module = declaredName(p, "the name of a module");
  if (module === undefined) return abandon(p);
  if (p.kind === T.dot) {
    p.report("dottedModule", p.span);
    while (p.eat(T.dot)) p.eat(T.ident);
  }
  const alias = p.eatWord("as") ? declaredName(p, "a short name for the module") : undefined;
  const exposing = p.eatWord("exposing") ? parseExposing(p) : undefined;
  return {
    kind: "import",
    module,
    ...(alias === undefined ? {} : { alias }),
    ...(exposing === undefined ? {} : { exposing }),
    span: p.spanFrom(start),
  };
}

/** The name that stands for everything a module exposes: `exposing (..)`. */
export const EVERYTHING = "..";

function parseExposing(p: Parser): readonly Name[] | undefined {
  if (!p.expect(T.lparen, "`(` and the names that are wanted")) return abandon(p);
  const names: Name[] = [];
  while (p.kind !== T.rparen) {
    if (p.kind === T.dotDot) {
      names.push({ text: EVERYTHING, span: p.span });
      p.next();
    } else {
      const name = declaredName(p, "a name, or `..` for everything");
      if (name === undefined) break;
      names.push(name);
    }
    if (!p.eat(T.comma)) break;
  }
  if (!p.eat(T.rparen)) {
    if (p.kind !== T.other && names.length > 0) p.fail("`,` or `)`");
    while (p.kind !== T.rparen && p.kind !== T.eof && p.kind !== T.open && p.kind !== T.close) p.next();
    p.eat(T.rparen);
  }
  return names;
}
