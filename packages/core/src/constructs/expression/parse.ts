import type { Parser } from "../../syntax/parser.ts";
import { T } from "../../syntax/token-kind.ts";
import type { Name } from "../name.ts";
import { parseRoleRef } from "../roles/parse.ts";
import type { Argument, Expression } from "./node.ts";

type Invocation = Pick<
  Extract<Expression, { readonly kind: "check" | "observe" }>,
  "effect" | "operation" | "args"
>;

const constructors = new Set(["Ok", "Err", "Just", "Nothing"]);

/** What a `let` binds or a `case` looks at (language chapter §3.2, `expr`). */
export function parseExpression(p: Parser): Expression | undefined {
  const start = p.start;
  if (p.kind === T.int || p.kind === T.string) {
    return p.fail("a name, a constructor, `check`, `observe` or `transfer`", {
      hint: "numbers and texts stand only as arguments",
    });
  }
  if (p.kind !== T.ident || p.atNextSend)
    return p.fail("an expression, such as `check Effect.operation(value)`");
  const asks = p.isWord("check") ? "check" : p.isWord("observe") ? "observe" : undefined;
  if (asks !== undefined && p.peek() === T.ident) {
    p.next();
    const asked = parseInvocation(p);
    return asked === undefined ? undefined : { kind: asks, ...asked, span: p.spanFrom(start) };
  }
  if (p.isWord("transfer") && p.peek() === T.ident) return parseTransfer(p);
  return parseValue(p);
}

/** `Effect.operation(args)`, after `check` or `observe`. */
export function parseInvocation(p: Parser): Invocation | undefined {
  const effect = p.nameHere("the name of an effect");
  if (effect === undefined || !p.expect(T.dot, "`.` and an operation of the effect")) return undefined;
  const operation = p.name("the name of an operation");
  if (operation === undefined) return undefined;
  if (p.kind !== T.lparen || p.startsLine) {
    failArguments(p, operation.span.end);
    return undefined;
  }
  return { effect, operation, args: parseArguments(p) };
}

/** The fix puts parentheses around the one name that follows, or adds empty ones. */
function failArguments(p: Parser, end: number): void {
  const word = p.kind === T.ident && !p.isWord("of") && !p.isWord("yields");
  const bare = !p.startsLine && (word || p.kind === T.string || p.kind === T.int);
  const text = bare ? `(${p.text()})` : "()";
  const span = { start: end, end: bare ? p.end : end };
  p.fail("`(`", {
    hint: "arguments stand in parentheses",
    fix: { title: `Write \`${text}\``, edits: [{ span, text }] },
  });
}

function parseTransfer(p: Parser): Expression | undefined {
  const start = p.start;
  p.next();
  const subject = p.nameHere("what is transferred");
  if (subject === undefined) return undefined;
  if (!p.eatWord("from")) return p.fail("`from` and a role");
  const from = parseRoleRef(p, "the role that gives");
  if (from === undefined) return undefined;
  if (!p.eatWord("to")) return p.fail("`to` and a role");
  const to = parseRoleRef(p, "the role that receives");
  return to === undefined ? undefined : { kind: "transfer", subject, from, to, span: p.spanFrom(start) };
}

/** A path, a constructor or a call. `Just` alone is a name, as the reference reads it. */
function parseValue(p: Parser): Expression | undefined {
  const start = p.start;
  const name: Name = { text: p.text(), span: p.span };
  const applied = p.peek() === T.lparen && !startsLineAt(p);
  if (constructors.has(name.text) && p.peek() !== T.dot && (name.text !== "Just" || hasOnePath(p))) {
    p.next();
    if (!applied) return { kind: "constructor", name, span: p.spanFrom(start) };
    if (name.text === "Nothing") return p.fail("no value: `Nothing` stands alone");
    const arg = parseOptionalPayload(p);
    return arg === undefined ? undefined : { kind: "constructor", name, arg, span: p.spanFrom(start) };
  }
  if (applied) {
    p.next();
    const args = parseArguments(p);
    return { kind: "call", name, args, span: p.spanFrom(start) };
  }
  if (p.peek() === T.dot && p.peek(2) === T.ident && givesArguments(p.peek(3))) return parseUnasked(p);
  const path = parsePath(p);
  return path === undefined ? undefined : { kind: "path", ...path };
}

/** Parentheses, or the bare text or number of somebody who left them out. */
const givesArguments = (kind: number): boolean => kind === T.lparen || kind === T.string || kind === T.int;

/** `Effect.operation(…)` without its `check`: reported, and read as if it were there. */
function parseUnasked(p: Parser): Expression | undefined {
  const { start } = p;
  p.report(
    "expected",
    { start, end: p.spanAt(2).end },
    {
      args: { expected: "`check` or `observe` before an operation of an effect", found: `\`${p.text()}\`` },
      fix: { title: "Insert `check`", edits: [{ span: { start, end: start }, text: "check " }] },
    },
  );
  const asked = parseInvocation(p);
  return asked === undefined ? undefined : { kind: "check", ...asked, span: p.spanFrom(start) };
}

/** Whether the token after the current one begins a line. */
function startsLineAt(p: Parser): boolean {
  return p.source.slice(p.end, p.spanAt(1).start).includes("\n");
}

/** Whether `Name(` is followed by one path and `)`. */
function hasOnePath(p: Parser): boolean {
  if (p.peek() !== T.lparen) return false;
  let ahead = 2;
  while (p.peek(ahead) === T.ident && p.peek(ahead + 1) === T.dot) ahead += 2;
  return p.peek(ahead) === T.ident && p.peek(ahead + 1) === T.rparen;
}

/** `a.b.c` as one word, whatever stands between its parts. */
function parsePath(p: Parser): Argument | undefined {
  const start = p.start;
  const parts: string[] = [];
  do {
    const part = p.name("a name");
    if (part === undefined) return undefined;
    parts.push(part.text);
  } while (p.eat(T.dot));
  return { text: parts.join("."), span: p.spanFrom(start) };
}

/** `(path)` where a payload may stand; nothing when none stands on this line. */
export function parseOptionalPayload(p: Parser): Argument | undefined {
  if (p.kind !== T.lparen || p.startsLine) return undefined;
  p.next();
  const path = parsePath(p);
  if (path === undefined) {
    skipToClose(p);
    return undefined;
  }
  if (!p.eat(T.rparen)) {
    p.fail("`)` after one value");
    skipToClose(p);
    return undefined;
  }
  return path;
}

/** `(a, "b", 3, E.op(c))`, possibly empty; the cursor stands at the parenthesis. */
export function parseArguments(p: Parser): Argument[] {
  const args: Argument[] = [];
  p.next();
  if (p.eat(T.rparen)) return args;
  do {
    const arg = parseArgument(p);
    if (arg === undefined) {
      skipToClose(p);
      return args;
    }
    args.push(arg);
  } while (p.eat(T.comma));
  if (!p.eat(T.rparen)) {
    p.fail("`,` or `)`");
    skipToClose(p);
  }
  return args;
}

function parseArgument(p: Parser): Argument | undefined {
  const start = p.start;
  if (p.kind === T.string || p.kind === T.int) p.next();
  else {
    const path = parsePath(p);
    if (path === undefined) return undefined;
    if (p.kind !== T.lparen) return path;
    p.skipBrackets();
  }
  const span = p.spanFrom(start);
  return { text: p.source.slice(span.start, span.end), span };
}

function skipToClose(p: Parser): void {
  while (p.kind !== T.rparen && p.kind !== T.eof && p.kind !== T.open && p.kind !== T.close) {
    if (p.kind === T.lparen || p.kind === T.lbrace || p.kind === T.lbracket) p.skipBrackets();
    else p.next();
  }
  p.eat(T.rparen);
}
