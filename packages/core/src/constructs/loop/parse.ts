import { parseBody } from "../../syntax/block.ts";
import type { Parser } from "../../syntax/parser.ts";
import { parsePredicate } from "../../syntax/predicate.ts";
import { T } from "../../syntax/token-kind.ts";
import { parseRoleRef } from "../roles/parse.ts";
import type { Loop, LoopControl } from "./node.ts";

/** `loop decide by R`, `loop repeat n`, `loop while "p"`, `loop forever`, and the body. */
export function parseLoop(p: Parser): Loop | undefined {
  const start = p.start;
  p.next();
  const control = parseControl(p);
  if (control === undefined) return undefined;
  const body = parseBody(p, "loop blocks", "`loop`");
  return { kind: "loop", control, body, span: p.spanFrom(start) };
}

function parseControl(p: Parser): LoopControl | undefined {
  if (p.eatWord("forever")) return { kind: "forever" };
  if (p.eatWord("decide")) {
    if (!p.eatWord("by")) return p.fail("`by` and a role");
    const by = parseRoleRef(p, "the deciding role");
    return by === undefined ? undefined : { kind: "decide", by };
  }
  if (p.eatWord("repeat")) return parseRepeat(p);
  if (p.eatWord("while")) return parseWhile(p);
  return p.fail("`decide by`, `repeat`, `while` or `forever`");
}

function parseRepeat(p: Parser): LoopControl | undefined {
  if (p.kind === T.int) {
    const count = Number(p.text());
    p.next();
    return { kind: "repeat", count };
  }
  const count = p.name("a number of rounds or its name");
  return count === undefined ? undefined : { kind: "repeat", count };
}

function parseWhile(p: Parser): LoopControl | undefined {
  if (p.kind !== T.string) return p.fail("a condition in quotes");
  const span = p.span;
  const raw = p.text();
  p.next();
  const text = raw.length > 1 && raw.endsWith('"') ? raw.slice(1, -1) : raw.slice(1);
  const result = parsePredicate(text);
  if (!result.ok) p.report("conditionNotBoolean", span, { args: { reason: result.reason } });
  return { kind: "while", text, span };
}
