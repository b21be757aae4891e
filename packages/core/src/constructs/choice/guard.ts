import { isOpening, type Parser } from "../../syntax/parser.ts";
import { parsePredicate } from "../../syntax/predicate.ts";
import { T } from "../../syntax/token-kind.ts";
import { parseInvocation } from "../expression/parse.ts";
import type { Guard } from "./node.ts";

/** `when (predicate)` or `when check E.op(args) yields w`; the cursor stands at `when`. */
export function parseGuard(p: Parser): Guard | undefined {
  const start = p.start;
  p.next();
  if (p.isWord("check")) return parseEvidence(p, start);
  if (p.kind !== T.lparen) return p.fail("`(` and a predicate, or `check`");
  return parsePredicateGuard(p, start);
}

function parsePredicateGuard(p: Parser, start: number): Guard | undefined {
  const open = p.end;
  p.next();
  let nested = false;
  while (p.kind !== T.rparen && p.kind !== T.eof && p.kind !== T.open && p.kind !== T.close) {
    if (p.kind === T.lparen) {
      if (!nested) p.report("guardParens", p.span);
      nested = true;
    }
    if (isOpening(p.kind)) p.skipBrackets();
    else p.next();
  }
  const text = p.source.slice(open, p.start).trim();
  const inside = { start: open, end: p.start };
  p.eat(T.rparen);
  const result = parsePredicate(text);
  if (!result.ok && !nested) p.report("guardNotBoolean", inside, { args: { reason: result.reason } });
  return { kind: "predicate", text, normal: result.ok ? result.normal : text, span: p.spanFrom(start) };
}

function parseEvidence(p: Parser, start: number): Guard | undefined {
  p.next();
  const asked = parseInvocation(p);
  if (asked === undefined) return undefined;
  if (!p.eatWord("yields")) {
    const at = { start: p.lastEnd, end: p.lastEnd };
    return p.fail("`yields` and a name", {
      fix: { title: "Name the evidence", edits: [{ span: at, text: " yields evidence" }] },
    });
  }
  const binding = p.name("a name for the evidence");
  if (binding === undefined) return undefined;
  const { effect, operation } = asked;
  const args = asked.args.map((arg) => arg.text);
  return { kind: "evidence", effect, operation, args, binding, span: p.spanFrom(start) };
}
