import { parseArmBody, parseArms } from "../../syntax/block.ts";
import type { Parser } from "../../syntax/parser.ts";
import { T } from "../../syntax/token-kind.ts";
import { parseExpression } from "../expression/parse.ts";
import type { Name } from "../name.ts";
import type { Case, CaseArm } from "./node.ts";

/** `case e of` and its arms. */
export function parseCase(p: Parser): Case | undefined {
  const start = p.start;
  p.next();
  const subject = parseExpression(p);
  if (subject === undefined) return undefined;
  if (!p.eatWord("of")) {
    const at = { start: p.lastEnd, end: p.lastEnd };
    p.fail("`of`", { fix: { title: "Insert `of`", edits: [{ span: at, text: " of" }] } });
    if (p.kind !== T.open) return undefined;
  }
  const arms = parseArms(p, "case blocks", "a `case`", () => parseArm(p));
  return { kind: "case", subject, arms, span: p.spanFrom(start) };
}

function parseArm(p: Parser): CaseArm | undefined {
  const start = p.start;
  p.next();
  const head = p.name("a constructor such as `Ok`");
  if (head === undefined) return undefined;
  const binders = p.kind === T.lparen ? parseBinders(p) : [];
  if (binders === undefined) return undefined;
  if (!p.eat(T.fatArrow)) {
    const arrow = p.kind === T.arrow;
    const bare = p.kind === T.ident && !p.startsLine && p.peek() === T.fatArrow;
    const wrap = { span: { start: head.span.end, end: p.end }, text: `(${p.text()})` };
    p.fail("`=>`", {
      fix: arrow
        ? { title: "Replace `->` by `=>`", edits: [{ span: p.span, text: "=>" }] }
        : bare
          ? { title: `Write \`${head.text}${wrap.text}\``, edits: [wrap] }
          : undefined,
    });
    if (bare) p.next();
    if (arrow || bare) p.next();
    else if (p.kind !== T.open) return undefined;
  }
  const body = parseArmBody(p, "branch bodies", `the arm \`${head.text}\``);
  return { constructor: head, binders, body, span: p.spanFrom(start) };
}

/** Names only: patterns do not nest. */
function parseBinders(p: Parser): Name[] | undefined {
  p.next();
  const binders = p.names("a name for the value");
  if (binders.length === 0) return undefined;
  if (p.kind === T.lparen) {
    const inner = p.spanAt(-1);
    return p.fail("`,` or `)`", {
      hint: `patterns do not nest; bind \`${p.source.slice(inner.start, inner.end)}\` and look at it in a \`case\` of its own`,
    });
  }
  return p.expect(T.rparen, "`,` or `)`") ? binders : undefined;
}
