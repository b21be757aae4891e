import type { Parser } from "../../syntax/parser.ts";
import { T } from "../../syntax/token-kind.ts";
import type { Name } from "../name.ts";
import type { ModuleDecl } from "./node.ts";

/** `module shop exposing (Checkout)`; the cursor stands at `module`. */
export function parseModule(p: Parser): ModuleDecl | undefined {
  const start = p.start;
  p.next();
  const name = p.name("the name of the module");
  if (name === undefined) return fail(p);
  if (p.kind === T.dot) {
    p.report("dottedModule", p.span);
    while (p.eat(T.dot)) p.eat(T.ident);
  }
  if (!p.eatWord("exposing")) {
    p.fail("`exposing ( … )`");
    return fail(p);
  }
  if (p.kind !== T.lparen) {
    p.fail("`(`");
    return fail(p);
  }
  const from = p.end;
  const names = listedNames(p);
  p.skipBrackets();
  const exposing = p.source.slice(from, p.lastEnd - 1).trim();
  return { kind: "module", name, exposing, names, span: p.spanFrom(start) };
}

/** The names between the parentheses ahead; the cursor stays at `(`. */
function listedNames(p: Parser): readonly Name[] {
  const names: Name[] = [];
  for (let ahead = 1; ; ahead++) {
    const kind = p.peek(ahead);
    if (kind === T.rparen || kind === T.eof || kind === T.open || kind === T.close) return names;
    if (kind === T.ident || kind === T.dotDot) names.push({ text: p.text(ahead), span: p.spanAt(ahead) });
  }
}

function fail(p: Parser): undefined {
  if (!p.startsLine) p.skipLine();
  p.skipBlock();
  return undefined;
}
