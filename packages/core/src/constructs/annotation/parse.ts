import { isOpening, type Parser } from "../../syntax/parser.ts";
import { T } from "../../syntax/token-kind.ts";
import type { Annotation, SenderRecord } from "./node.ts";

/** `{ key : value, … }` before an arrow; the cursor stands at the brace. */
export function parseRecord(p: Parser): SenderRecord {
  const start = p.start;
  const entries: Annotation[] = [];
  p.next();
  while (p.kind !== T.rbrace && p.kind !== T.eof && p.kind !== T.open && p.kind !== T.close) {
    const entry = parseEntry(p);
    if (entry !== undefined) entries.push(entry);
    else skipEntry(p);
    if (p.kind === T.rbrace) break;
    if (!p.eat(T.comma)) {
      p.fail("`,` or `}`");
      skipEntry(p);
      p.eat(T.comma);
    }
  }
  p.eat(T.rbrace);
  return { entries, span: p.spanFrom(start) };
}

function skipEntry(p: Parser): void {
  while (p.kind !== T.comma && p.kind !== T.rbrace) {
    if (p.kind === T.eof || p.kind === T.open || p.kind === T.close) return;
    if (isOpening(p.kind)) p.skipBrackets();
    else p.next();
  }
}

function parseEntry(p: Parser): Annotation | undefined {
  const key = p.name("an annotation such as `flow_cost : 5`");
  if (key === undefined) return undefined;
  if (p.kind === T.eq) {
    p.report("annotationEquals", p.span, {
      fix: { title: "Replace `=` by `:`", edits: [{ span: p.span, text: ":" }] },
    });
    p.next();
  } else if (!p.expect(T.colon, "`:`")) return undefined;
  const value = parseValue(p);
  if (value === undefined) return undefined;
  return { kind: "annotation", key, ...value, span: p.spanFrom(key.span.start) };
}

type Value = Pick<Annotation, "value" | "form" | "valueSpan">;

function parseValue(p: Parser): Value | undefined {
  const { start, span } = p;
  const raw = (form: Annotation["form"]): Value => {
    const whole = p.spanFrom(start);
    return { value: p.source.slice(whole.start, whole.end), form, valueSpan: whole };
  };
  switch (p.kind) {
    case T.string: {
      const text = p.text();
      p.next();
      return {
        value: text.endsWith('"') && text.length > 1 ? text.slice(1, -1) : text.slice(1),
        form: "string",
        valueSpan: span,
      };
    }
    case T.int: {
      p.next();
      const unit = p.kind === T.ident && p.start === span.end && isUnit(p.text());
      if (unit) p.next();
      return raw(unit ? "duration" : "integer");
    }
    case T.ident:
      p.next();
      return raw("name");
    case T.lbracket:
      return parseList(p, T.int, "a number", T.rbracket) ? raw("list") : undefined;
    case T.lparen:
      return parseList(p, T.ident, "a name", T.rparen) ? raw("names") : undefined;
    default:
      return p.fail("a value: text in quotes, a number, a duration, a name or a list");
  }
}

function parseList(p: Parser, item: number, expected: string, closer: number): boolean {
  p.next();
  do {
    if (!p.expect(item, expected)) return false;
  } while (p.eat(T.comma));
  return p.expect(closer, closer === T.rbracket ? "`]`" : "`)`");
}

const isUnit = (text: string): boolean => text === "ms" || text === "s" || text === "m" || text === "h";
