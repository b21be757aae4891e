import { suggest } from "../../resolve/suggest.ts";
import type { Parser } from "../../syntax/parser.ts";
import { T } from "../../syntax/token-kind.ts";
import { parseOptionalPayload } from "../expression/parse.ts";
import type { Outcome, Resolve } from "./node.ts";

const outcomes = ["Success", "Failure", "Timeout", "Cancelled"] as const;

/** `resolve Print as Success(sheet)`. */
export function parseResolve(p: Parser): Resolve | undefined {
  const start = p.start;
  p.next();
  const operation = p.nameHere("the name of an operation");
  if (operation === undefined) return undefined;
  if (!p.eatWord("as")) return p.fail("`as` and an outcome");
  const outcome = parseOutcome(p);
  return outcome === undefined ? undefined : { kind: "resolve", operation, outcome, span: p.spanFrom(start) };
}

function parseOutcome(p: Parser): Outcome | undefined {
  const start = p.start;
  const kind = outcomes.find((word) => p.isWord(word));
  if (kind === undefined) {
    const best = p.kind === T.ident ? suggest(p.text(), outcomes) : undefined;
    p.fail("`Success`, `Failure`, `Timeout` or `Cancelled`", {
      fix:
        best === undefined
          ? undefined
          : { title: `Replace by \`${best}\``, edits: [{ span: p.span, text: best }] },
    });
    return undefined;
  }
  p.next();
  if (p.kind !== T.lparen || p.startsLine) return { kind, span: p.spanFrom(start) };
  if (kind === "Cancelled") return p.fail("no value: `Cancelled` stands alone");
  const value = parseOptionalPayload(p);
  return value === undefined ? undefined : { kind, value, span: p.spanFrom(start) };
}
