import type { Parser } from "../../syntax/parser.ts";
import { parseRoleRef } from "../roles/parse.ts";
import type { Handoff } from "./node.ts";

/** `handoff sale to Buyer with receipt`. */
export function parseHandoff(p: Parser): Handoff | undefined {
  const start = p.start;
  p.next();
  const operation = p.nameHere("the name of an operation");
  if (operation === undefined) return undefined;
  if (!p.eatWord("to")) return p.fail("`to` and a role");
  const target = parseRoleRef(p, "the role that takes over");
  if (target === undefined) return undefined;
  if (!p.eatWord("with")) {
    const replace = { title: "Replace by `with`", edits: [{ span: p.span, text: "with" }] };
    return p.fail("`with` and a receipt", { fix: p.isWord("using") ? replace : undefined });
  }
  const receipt = p.nameHere("the name of a receipt");
  return receipt === undefined
    ? undefined
    : { kind: "handoff", operation, target, receipt, span: p.spanFrom(start) };
}
