import type { Parser } from "../../syntax/parser.ts";
import { T } from "../../syntax/token-kind.ts";
import type { Name } from "../name.ts";
import type { ProofBundle } from "./node.ts";

/** `proof_bundle Core version "1" issuer "…" constraint "…" requires [a, b]`; the cursor stands at the keyword. */
export function parseProofBundle(p: Parser): ProofBundle | undefined {
  const start = p.start;
  p.next();
  const name = p.name("the name of the bundle");
  if (name === undefined) {
    if (!p.startsLine) p.skipLine();
    p.skipBlock();
    return undefined;
  }
  const indented = p.eat(T.open);
  const fields = parseFields(p);
  const span = p.spanFrom(start);
  if (indented && !p.eat(T.close)) {
    p.fail("`version`, `issuer`, `constraint` or `requires`");
    while (p.kind !== T.close && p.kind !== T.eof) p.next();
    p.eat(T.close);
  }
  return { kind: "proofBundle", name, ...fields, span };
}

type Fields = Pick<ProofBundle, "version" | "issuer" | "constraints" | "capabilities">;

function parseFields(p: Parser): Fields {
  let version: string | undefined;
  let issuer: string | undefined;
  const constraints: string[] = [];
  for (;;) {
    if (p.isWord("version")) version = parseText(p) ?? version;
    else if (p.isWord("issuer")) issuer = parseText(p) ?? issuer;
    else if (p.isWord("constraint")) {
      const text = parseText(p);
      if (text !== undefined) constraints.push(text);
    } else break;
  }
  const capabilities = p.eatWord("requires") ? parseCapabilities(p) : [];
  return {
    ...(version === undefined ? {} : { version }),
    ...(issuer === undefined ? {} : { issuer }),
    constraints,
    capabilities,
  };
}

function parseText(p: Parser): string | undefined {
  p.next();
  if (p.kind !== T.string) return p.fail("text in quotes");
  const text = p.text();
  p.next();
  return text.length > 1 && text.endsWith('"') ? text.slice(1, -1) : text.slice(1);
}

function parseCapabilities(p: Parser): Name[] {
  if (!p.expect(T.lbracket, "`[`")) return [];
  const names = p.kind === T.rbracket ? [] : p.names("a capability name");
  if (!p.expect(T.rbracket, "`]`")) p.skipLine();
  return names;
}
