import type { Parser } from "../../syntax/parser.ts";
import { T } from "../../syntax/token-kind.ts";
import { parseOptionalPayload } from "../expression/parse.ts";
import type { DependentWork } from "./node.ts";

/** `dependent work Binding(sheets) required for delivery`; the cursor stands at `dependent`. */
export function parseDependentWork(p: Parser): DependentWork | undefined {
  const start = p.start;
  p.next();
  p.next();
  const name = p.nameHere("the name of the work");
  if (name === undefined) return undefined;
  const applied = p.kind === T.lparen && !p.startsLine;
  const arg = parseOptionalPayload(p);
  if (applied && arg === undefined) return undefined;
  if (!p.isWord("required") || !p.isWord("for", 1)) return p.fail("`required for` and an operation");
  p.next();
  p.next();
  const requiredFor = p.nameHere("the name of an operation");
  if (requiredFor === undefined) return undefined;
  const span = p.spanFrom(start);
  return arg === undefined
    ? { kind: "dependentWork", name, requiredFor, span }
    : { kind: "dependentWork", name, arg, requiredFor, span };
}
