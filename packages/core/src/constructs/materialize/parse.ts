import type { Parser } from "../../syntax/parser.ts";
import type { Materialize } from "./node.ts";

/** `materialize proof from FrontPage`. */
export function parseMaterialize(p: Parser): Materialize | undefined {
  const start = p.start;
  p.next();
  const proof = p.nameHere("a name for the proof");
  if (proof === undefined) return undefined;
  if (!p.eatWord("from")) return p.fail("`from` and a publication");
  const publication = p.nameHere("the name of a publication");
  return publication === undefined
    ? undefined
    : { kind: "materialize", proof, publication, span: p.spanFrom(start) };
}
