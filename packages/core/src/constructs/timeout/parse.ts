import { parseArmBody, parseBody } from "../../syntax/block.ts";
import type { Parser } from "../../syntax/parser.ts";
import { T } from "../../syntax/token-kind.ts";
import { parseRoleRef } from "../roles/parse.ts";
import type { Statement } from "../statement.ts";
import type { Timeout } from "./node.ts";

const units: Readonly<Record<string, number>> = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000 };
/** The reference reads the number as 64 bits without sign. */
const largest = 0xffff_ffff_ffff_ffffn;

/** `timeout 5s A at`, its body, `on timeout =>` and, when written, `on cancel =>`. */
export function parseTimeout(p: Parser): Timeout | undefined {
  const start = p.start;
  p.next();
  const duration = parseDuration(p);
  if (duration === undefined) return undefined;
  const owner = parseRoleRef(p, "the role that waits");
  if (owner === undefined) return undefined;
  if (!p.eatWord("at")) {
    const at = { start: p.lastEnd, end: p.lastEnd };
    p.fail("`at`", { fix: { title: "Insert `at`", edits: [{ span: at, text: " at" }] } });
    if (p.kind !== T.open) return undefined;
  }
  const body = parseBody(p, "timeout bodies", "`timeout`");
  const onTimeout = parseHandler(p, "timeout");
  if (onTimeout === undefined) {
    const end = p.lastEnd;
    p.report("missingTimeoutHandler", { start: Math.max(start, end - 1), end });
  }
  const onCancel = parseHandler(p, "cancel");
  return {
    kind: "timeout",
    owner,
    duration,
    body,
    onTimeout: onTimeout ?? [],
    ...(onCancel === undefined ? {} : { onCancel }),
    span: p.spanFrom(start),
  };
}

/** A number with its unit beside it: `250ms`, `5s`, `2m`, `1h`. */
function parseDuration(p: Parser): Timeout["duration"] | undefined {
  const { start, end } = p;
  if (p.kind !== T.int) return p.fail("a duration such as `5s`");
  const digits = p.text();
  p.next();
  const unit = p.kind === T.ident && p.start === end ? units[p.text()] : undefined;
  if (unit === undefined) {
    const at = { start: end, end };
    p.fail("a unit of time: `ms`, `s`, `m` or `h`", {
      fix: { title: "Count seconds", edits: [{ span: at, text: "s" }] },
    });
    return undefined;
  }
  p.next();
  const span = p.spanFrom(start);
  const count = BigInt(digits.length > 40 ? digits.slice(0, 40) : digits);
  const text = p.source.slice(span.start, span.end);
  if (count > largest) p.report("durationOverflow", span, { args: { value: text.slice(0, 48) } });
  const millis = count > largest ? 0 : Math.min(Number(count) * unit, Number.MAX_SAFE_INTEGER);
  return { millis, text, span };
}

/** `on timeout =>` or `on cancel =>` and what is done then. */
function parseHandler(p: Parser, of: "timeout" | "cancel"): readonly Statement[] | undefined {
  if (!p.isWord("on") || !p.isWord(of, 1)) return undefined;
  p.next();
  p.next();
  if (!p.eat(T.fatArrow)) {
    const arrow = p.kind === T.arrow;
    p.fail("`=>`", {
      fix: arrow ? { title: "Replace `->` by `=>`", edits: [{ span: p.span, text: "=>" }] } : undefined,
    });
    if (arrow) p.next();
    else if (p.kind !== T.open) return [];
  }
  return parseArmBody(p, "branch bodies", `\`on ${of}\``);
}
