import { abandon, declaredName, parseMembers } from "../../syntax/members.ts";
import type { Parser } from "../../syntax/parser.ts";
import { T } from "../../syntax/token-kind.ts";
import { parseTypeExpr } from "../type/expression.ts";
import { EFFECT_METADATA, type EffectDecl, type EffectOperation } from "./node.ts";

/** `effect Stock` and its operations; the cursor stands at the keyword. */
export function parseEffect(p: Parser): EffectDecl | undefined {
  const start = p.start;
  p.next();
  const name = declaredName(p, "the name of the effect interface");
  if (name === undefined) return abandon(p);
  const operations: EffectOperation[] = [];
  const before = p.sink.size;
  parseMembers(p, "an operation: `name : Input -> Output { … }`", () => readOperation(p, operations));
  if (operations.length === 0 && p.sink.size === before) {
    p.report("expectedBody", name.span, { args: { what: "an effect interface" } });
  }
  return { kind: "effect", name, operations, span: p.spanFrom(start) };
}

const isAuthority = (word: string): word is "authoritative" | "command" | "observe" =>
  word === "authoritative" || word === "command" || word === "observe";

function readOperation(p: Parser, found: EffectOperation[]): boolean {
  if (p.kind !== T.ident) return false;
  const word = p.text();
  const said = isAuthority(word) && p.peek() === T.ident;
  // Without a block around them, only what looks like an operation belongs to the effect.
  if (p.peek(said ? 2 : 1) !== T.colon && p.closer === T.eof) return false;
  const start = p.start;
  if (said) p.next();
  const name = declaredName(p, "the name of the operation");
  if (name === undefined || !p.expect(T.colon, "`:`")) return pass(p);
  const input = parseTypeExpr(p);
  if (input === undefined || !p.expect(T.arrow, "`->` and the type of the answer")) return pass(p);
  const output = parseTypeExpr(p);
  if (output === undefined) return pass(p);
  const authority = said && isAuthority(word) ? word : "command";
  const metadata = readMetadata(p);
  found.push({ authority, name, input, output, metadata, span: p.spanFrom(start) });
  return true;
}

function pass(p: Parser): boolean {
  abandon(p);
  return true;
}

type Metadata = EffectOperation["metadata"][number];

const isKey = (word: string): word is Metadata["key"] => EFFECT_METADATA.some((key) => key === word);

/** `{ class : authoritative, … }`, beside the operation or under it. Without its braces it is reported and read all the same. */
function readMetadata(p: Parser): readonly Metadata[] {
  const found: Metadata[] = [];
  const bare = p.kind === T.open && p.peek() === T.ident && p.peek(2) === T.colon && isKey(p.text(1));
  if (!bare && p.kind !== T.lbrace) return found;
  if (bare) p.report("metadataBraces", p.spanAt(1));
  const closer = bare ? T.close : T.rbrace;
  p.next();
  while (p.kind !== closer && p.kind !== T.eof) {
    if (readEntry(p, found)) continue;
    while (p.kind !== closer && p.kind !== T.eof) p.next();
  }
  p.eat(closer);
  return found;
}

function readEntry(p: Parser, found: Metadata[]): boolean {
  const { start } = p;
  const word = p.kind === T.ident ? p.text() : "";
  if (!isKey(word)) {
    return p.fail(`one of ${EFFECT_METADATA.map((key) => `\`${key}\``).join(", ")}`) ?? false;
  }
  p.next();
  if (!p.expect(T.colon, "`:`")) return false;
  const value = declaredName(p, `the value of \`${word}\``);
  if (value === undefined) return false;
  found.push({ key: word, value, span: p.spanFrom(start) });
  p.eat(T.comma);
  return true;
}
