import type { Parser } from "../../syntax/parser.ts";
import type { Invalidate } from "./node.ts";

/** `invalidate Print`. */
export function parseInvalidate(p: Parser): Invalidate | undefined {
  const start = p.start;
  p.next();
  const operation = p.nameHere("the name of an operation");
  return operation === undefined ? undefined : { kind: "invalidate", operation, span: p.spanFrom(start) };
}
