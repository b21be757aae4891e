import type { Parser } from "../../syntax/parser.ts";
import type { Await } from "./node.ts";

/** `await Print`. */
export function parseAwait(p: Parser): Await | undefined {
  const start = p.start;
  p.next();
  const operation = p.nameHere("the name of an operation");
  return operation === undefined ? undefined : { kind: "await", operation, span: p.spanFrom(start) };
}
