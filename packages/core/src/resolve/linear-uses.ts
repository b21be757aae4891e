import type { Expression } from "../constructs/expression/node.ts";
import type { Statement } from "../constructs/statement.ts";
import type { Span } from "../text/span.ts";

/** A name that a statement mentions as a value. */
export interface Use {
  readonly name: string;
  readonly span: Span;
}

/** Strings are passed over; of a path only the first part is a name that can be bound. */
const words = /"[^"]*"|[A-Za-z_]\w*(?:\s*\.\s*[A-Za-z_]\w*)*/g;

function namesIn(text: string, span: Span, found: Use[]): void {
  for (const match of text.matchAll(words)) {
    const word = match[0];
    if (word.startsWith('"')) continue;
    const name = /^\w+/.exec(word)?.[0] ?? word;
    const start = span.start + match.index;
    found.push({ name, span: { start, end: start + name.length } });
  }
}

/** The values an expression mentions. A path with dots reads a field, which uses nothing up. */
export function usesOfExpression(e: Expression): readonly Use[] {
  const found: Use[] = [];
  switch (e.kind) {
    case "path":
      if (!e.text.includes(".")) found.push({ name: e.text, span: e.span });
      break;
    case "check":
    case "observe":
    case "call":
      for (const arg of e.args) namesIn(arg.text, arg.span, found);
      break;
    case "transfer":
      found.push({ name: e.subject.text, span: e.subject.span });
      break;
    case "constructor":
      if (e.arg !== undefined) namesIn(e.arg.text, e.arg.span, found);
      break;
  }
  return found;
}

/**
 * The values a statement itself uses up, by whole name (language chapter §10 C
 * without its counting of parts of words). What is published or resolved is
 * shown, not given away, so it is no use.
 */
export function usesOf(statement: Statement): readonly Use[] {
  const found: Use[] = [];
  switch (statement.kind) {
    case "send":
    case "broadcast": {
      const payload = statement.message.payload;
      if (payload !== undefined) namesIn(payload.text, payload.span, found);
      return found;
    }
    case "let":
      return usesOfExpression(statement.value);
    case "case":
      return usesOfExpression(statement.subject);
    case "handoff":
      return [{ name: statement.receipt.text, span: statement.receipt.span }];
    case "dependentWork":
      if (statement.arg !== undefined) namesIn(statement.arg.text, statement.arg.span, found);
      return found;
    default:
      return found;
  }
}
