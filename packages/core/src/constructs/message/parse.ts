import { nestingLimit, type Parser } from "../../syntax/parser.ts";
import { T } from "../../syntax/token-kind.ts";
import type { Message, TypeSpec } from "./node.ts";

/** `Name`, `Name of a.b<C>`, `Name(payload)`, `Name {payload}`. */
export function parseMessage(p: Parser): Message | undefined {
  const name = p.name("a message name");
  if (name === undefined) return undefined;
  let type: TypeSpec | undefined;
  if (p.isWord("of") && p.peek() === T.ident) {
    p.next();
    type = parseTypeSpec(p);
  }
  const payload = parsePayload(p);
  return {
    kind: "message",
    name,
    ...(type === undefined ? {} : { type }),
    ...(payload === undefined ? {} : { payload }),
    span: p.spanFrom(name.span.start),
  };
}

function parsePayload(p: Parser): Message["payload"] {
  // A parenthesis on the next line starts something new; a brace there continues the message.
  const paren = p.kind === T.lparen && !p.startsLine;
  if (!paren && p.kind !== T.lbrace) return undefined;
  const start = p.start;
  p.skipBrackets();
  const span = p.spanFrom(start);
  return { text: p.source.slice(span.start, span.end), span };
}

/** A dotted path with type arguments, after `of`. */
export function parseTypeSpec(p: Parser): TypeSpec | undefined {
  const start = p.start;
  const path: string[] = [];
  do {
    const part = p.name("a type name");
    if (part === undefined) return undefined;
    path.push(part.text);
  } while (p.eat(T.dot));
  const args: TypeSpec[] = [];
  if (p.kind === T.lt) parseTypeArguments(p, args);
  return { path, args, span: p.spanFrom(start) };
}

function parseTypeArguments(p: Parser, args: TypeSpec[]): void {
  if (p.depth >= nestingLimit) {
    p.report("nestedTooDeep", p.span, { args: { limit: String(nestingLimit) } });
    p.skipLine();
    return;
  }
  p.depth++;
  do {
    p.next();
    const arg = parseTypeSpec(p);
    if (arg === undefined) break;
    args.push(arg);
  } while (p.kind === T.comma);
  p.depth--;
  p.expect(T.gt, "`>`");
}
