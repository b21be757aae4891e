import { parseBody } from "../../syntax/block.ts";
import type { Parser } from "../../syntax/parser.ts";
import { T } from "../../syntax/token-kind.ts";
import type { Expression } from "../expression/node.ts";
import { parseExpression } from "../expression/parse.ts";
import { parseRoleRef } from "../roles/parse.ts";
import type { Let } from "./node.ts";

/** `let x = e`, `authoritative let …`, `observe let …`, each with an optional `in` block. */
export function parseLet(p: Parser): Let | undefined {
  const { start, span: wordSpan } = p;
  const mode = p.isWord("authoritative") ? "authoritative" : p.isWord("observe") ? "observe" : "plain";
  if (mode !== "plain") p.next();
  p.next();
  const name = p.nameHere("a name to bind");
  if (name === undefined) return undefined;
  const placed = p.eatWord("at");
  const at = placed ? parseRoleRef(p, "the role that binds") : undefined;
  if (placed && at === undefined) return undefined;
  if (!readEquals(p)) return undefined;
  const value = parseExpression(p);
  if (value === undefined) return undefined;
  checkMode(p, mode, value, { start: wordSpan.start, end: name.span.start });
  const node = { kind: "let", mode, name, ...(at === undefined ? {} : { at }), value } as const;
  if (!p.isWord("in") || !opensBody(p)) return { ...node, span: p.spanFrom(start) };
  p.next();
  const body = parseBody(p, "`let ... in` bodies", `\`let ${name.text} … in\``);
  return { ...node, body, span: p.spanFrom(start) };
}

/** `=`, or `:=`, which is reported and read as such. */
function readEquals(p: Parser): boolean {
  if (p.eat(T.eq)) return true;
  const assigned = p.kind === T.colon && p.peek() === T.eq && p.spanAt(1).start === p.end;
  const span = { start: p.start, end: p.end + 1 };
  p.fail("`=`", {
    fix: assigned ? { title: "Replace `:=` by `=`", edits: [{ span, text: "=" }] } : undefined,
  });
  if (!assigned) return false;
  p.next();
  p.next();
  return true;
}

/** `check E.op(a)` on its own: its answer must be bound. Reported, and passed. */
export function parseUnbound(p: Parser): undefined {
  const { start } = p;
  const word = p.text();
  const mode = word === "observe" ? "observe let" : "let";
  p.report("expectedStatement", p.span, {
    args: { found: `\`${word}\`` },
    hint: `its answer is bound with \`${mode}\``,
    fix: {
      title: `Bind the answer with \`${mode}\``,
      edits: [{ span: { start, end: start }, text: `${mode} answer = ` }],
    },
  });
  parseExpression(p);
  return undefined;
}

/** `in` is a role when an arrow, an index or a record follows it. */
function opensBody(p: Parser): boolean {
  const next = p.peek();
  if (!p.startsLine) return true;
  return next === T.open || next === T.lparen;
}

/** The mode must fit the expression; fixes keep the expression and change the mode. */
function checkMode(
  p: Parser,
  mode: Let["mode"],
  value: Expression,
  words: { readonly start: number; readonly end: number },
): void {
  const wrong =
    mode === "authoritative" && value.kind !== "check"
      ? "letNeedsCheck"
      : mode === "observe" && value.kind !== "observe"
        ? "letNeedsObserve"
        : undefined;
  if (wrong === undefined) return;
  const right =
    value.kind === "observe" ? "observe let" : value.kind === "check" ? "authoritative let" : "let";
  p.report(wrong, value.span, {
    fix: { title: `Bind with \`${right}\``, edits: [{ span: words, text: `${right} ` }] },
  });
}
