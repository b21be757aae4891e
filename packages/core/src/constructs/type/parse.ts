import { inBlock } from "../../syntax/block.ts";
import { abandon, declaredName, endHead, leaveHead } from "../../syntax/members.ts";
import type { Parser } from "../../syntax/parser.ts";
import { T } from "../../syntax/token-kind.ts";
import { parseTypeExpr } from "./expression.ts";
import type { Constructor, TypeDecl } from "./node.ts";

/** `type alias Grain = …` or `type Fruit = | Apple | Pear`; the cursor stands at `type`. */
export function parseTypeDecl(p: Parser): TypeDecl | undefined {
  const start = p.start;
  p.next();
  const alias = p.isWord("alias") && p.peek() === T.ident;
  if (alias) p.next();
  const name = declaredName(p, "the name of the type");
  if (name === undefined) return abandon(p);
  const blocks = endHead(p, "a type");
  if (blocks === undefined) return abandon(p);
  const before = p.sink.size;
  const isRecord = !alias && p.kind === T.lbrace && p.peek() !== T.bar;
  if (isRecord) reportRecord(p, name.span.start);
  const body = alias || isRecord ? { alias: parseTypeExpr(p), constructors: [] } : parseSum(p);
  const span = p.spanFrom(start);
  if (p.sink.size > before && !isRecord) abandon(p);
  leaveHead(p, blocks);
  const { constructors } = body;
  const of = "alias" in body ? body.alias : undefined;
  return { kind: "type", name, ...(of === undefined ? {} : { alias: of }), constructors, span };
}

/** A record without a name of its own alternatives: the author meant an alias. */
function reportRecord(p: Parser, name: number): void {
  p.report("recordNeedsAlias", p.span, {
    fix: {
      title: "Write `type alias`",
      edits: [{ span: { start: name, end: name }, text: "alias " }],
    },
  });
}

function parseSum(p: Parser): { readonly constructors: readonly Constructor[] } {
  const constructors: Constructor[] = [];
  const kind = p.kind;
  if (kind === T.open || kind === T.lparen || kind === T.lbrace) {
    const closer = kind === T.open ? T.close : kind === T.lparen ? T.rparen : T.rbrace;
    p.next();
    inBlock(p, closer, () => parseConstructors(p, constructors), undefined);
  } else parseConstructors(p, constructors);
  return { constructors };
}

function parseConstructors(p: Parser, found: Constructor[]): undefined {
  const inside = p.closer !== T.eof;
  if (p.kind === T.ident && (inside || !p.startsLine)) readUnbarred(p, found);
  else if (p.kind !== T.bar) p.fail("`|` and a constructor");
  while (p.kind === T.bar) {
    const start = p.start;
    p.next();
    readConstructor(p, start, found);
  }
  if (!inside || p.kind === p.closer || p.kind === T.eof) return undefined;
  p.fail("`|` and a constructor");
  while (p.kind !== p.closer && p.kind !== T.eof) p.next();
  return undefined;
}

/** `type Fruit = Apple | Pear`: the first bar is missing. */
function readUnbarred(p: Parser, found: Constructor[]): void {
  const at = { start: p.start, end: p.start };
  p.fail("`|` and a constructor", {
    hint: "each alternative starts with `|`",
    fix: { title: "Insert `|`", edits: [{ span: at, text: "| " }] },
  });
  readConstructor(p, p.start, found);
}

function readConstructor(p: Parser, start: number, found: Constructor[]): void {
  const name = declaredName(p, "the name of a constructor");
  if (name === undefined) {
    if (!p.startsLine) p.skipLine();
    return;
  }
  if (p.kind !== T.lparen || p.startsLine) {
    found.push({ name, span: p.spanFrom(start) });
    return;
  }
  p.next();
  const payload = parseTypeExpr(p);
  if (!p.eat(T.rparen)) {
    if (payload !== undefined) p.fail("`)`");
    while (p.kind !== T.rparen && p.kind !== T.eof && p.kind !== T.open && p.kind !== T.close) p.next();
    p.eat(T.rparen);
  }
  found.push({ name, ...(payload === undefined ? {} : { payload }), span: p.spanFrom(start) });
}
