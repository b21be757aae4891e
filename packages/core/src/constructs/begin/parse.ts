import type { Parser } from "../../syntax/parser.ts";
import { T } from "../../syntax/token-kind.ts";
import { parseArguments } from "../expression/parse.ts";
import { parseProgress } from "../operation/progress.ts";
import type { Begin } from "./node.ts";

/** `begin Print(copy) progress Steady within short`. */
export function parseBegin(p: Parser): Begin | undefined {
  const start = p.start;
  p.next();
  const operation = p.nameHere("the name of an operation");
  if (operation === undefined) return undefined;
  const args = p.kind === T.lparen && !p.startsLine ? parseArguments(p) : [];
  const progress = p.isWord("progress") && p.peek() === T.ident ? parseProgress(p) : undefined;
  const span = p.spanFrom(start);
  return progress === undefined
    ? { kind: "begin", operation, args, span }
    : { kind: "begin", operation, args, progress, span };
}
