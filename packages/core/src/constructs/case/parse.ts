import { isArmLine, parseArms, parseBarBody } from "../../syntax/block.ts";
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
  const arms = parseArms(p, "case blocks", "a `case`", () => parseArm(p), isArmLine);
  return { kind: "case", subject, arms, span: p.spanFrom(start) };
}

function parseArm(p: Parser): CaseArm | undefined {
  const start = p.start;
  p.eat(T.bar);
  const head = p.name("a constructor such as `Ok`");
  if (head === undefined) return undefined;
  dropWildcard(p, head);
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
  const body = parseBarBody(p, `the arm \`${head.text}\``);
  return { constructor: head, binders, body, span: p.spanFrom(start) };
}

/** `Ok _` and `Ok(_)`, as other languages have them: reported, and read as `Ok`. */
function dropWildcard(p: Parser, head: Name): void {
  const inside = p.kind === T.lparen ? 1 : 0;
  if (p.peek(inside) !== T.other || p.text(inside) !== "_") return;
  if (inside === 1 && p.peek(2) !== T.rparen) return;
  for (let i = 0; i <= 2 * inside; i++) p.next();
  const edit = { span: { start: head.span.end, end: p.lastEnd }, text: "" };
  p.sink.report("badName", edit.span, {
    args: { found: "_" },
    hint: `\`${head.text} =>\` takes any value`,
    fix: { title: "Leave the value out", edits: [edit] },
  });
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
