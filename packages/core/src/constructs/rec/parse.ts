import { parseBody } from "../../syntax/block.ts";
import type { Parser } from "../../syntax/parser.ts";
import type { Continue, Rec } from "./node.ts";

/** `rec Lap` and its body. */
export function parseRec(p: Parser): Rec | undefined {
  const start = p.start;
  p.next();
  const label = p.name("a name for the loop");
  if (label === undefined) return undefined;
  const body = parseBody(p, "`rec` blocks", `\`rec ${label.text}\``);
  return { kind: "rec", label, body, span: p.spanFrom(start) };
}

/** `continue Lap`. */
export function parseContinue(p: Parser): Continue | undefined {
  const start = p.start;
  p.next();
  const label = p.name("the name of a `rec`");
  return label === undefined ? undefined : { kind: "continue", label, span: p.spanFrom(start) };
}
