import { suggest } from "../../resolve/suggest.ts";
import type { Parser } from "../../syntax/parser.ts";
import { T } from "../../syntax/token-kind.ts";
import type { ComposePolicy } from "./node.ts";

/** How a policy is written. */
export const POLICIES = ["all_success", "first_success", "threshold_success"] as const;

const policyOf: Readonly<Record<string, ComposePolicy["kind"]>> = {
  all: "all",
  all_success: "all",
  first: "first",
  first_success: "first",
  threshold_success: "threshold",
};

/** `compose threshold_success(2)`; the cursor stands at `compose`. */
export function parseCompose(p: Parser): ComposePolicy | undefined {
  const start = p.start;
  p.next();
  const name = p.name("a compose policy");
  if (name === undefined) return undefined;
  const count = p.kind === T.lparen && !p.startsLine ? parseCount(p) : undefined;
  const span = p.spanFrom(start);
  const kind = Object.hasOwn(policyOf, name.text) ? policyOf[name.text] : undefined;
  if (kind === undefined) {
    const best = suggest(name.text, POLICIES);
    p.sink.report("composeUnknown", span, {
      args: { policy: name.text },
      ...(best === undefined
        ? {}
        : { fix: { title: `Replace by \`${best}\``, edits: [{ span: name.span, text: best }] } }),
    });
    return undefined;
  }
  if (kind === "threshold") return threshold(p, count, span, name.span.end);
  if (count === undefined) return { kind, span };
  p.sink.report("composeArgument", span, {
    args: { policy: `${kind}_success` },
    fix: {
      title: "Remove the number",
      edits: [{ span: { start: name.span.end, end: span.end }, text: "" }],
    },
  });
  return { kind, span };
}

function threshold(
  p: Parser,
  successes: number | undefined,
  span: ComposePolicy["span"],
  at: number,
): ComposePolicy | undefined {
  if (successes !== undefined && successes > 0) return { kind: "threshold", successes, span };
  const fix = {
    title: "Ask for one success",
    edits: [{ span: { start: at, end: span.end }, text: "(1)" }],
  };
  p.sink.report(successes === undefined ? "composeCount" : "composeZero", span, { fix });
  return undefined;
}

function parseCount(p: Parser): number | undefined {
  p.next();
  const count = p.kind === T.int ? Number(p.text()) : undefined;
  if (count === undefined) p.fail("a number");
  while (p.kind !== T.rparen && p.kind !== T.eof && p.kind !== T.open && p.kind !== T.close) p.next();
  p.eat(T.rparen);
  return count;
}

/** A policy in its full spelling. */
export function printCompose(policy: ComposePolicy): string {
  return policy.kind === "threshold"
    ? `compose threshold_success(${policy.successes})`
    : `compose ${policy.kind}_success`;
}
