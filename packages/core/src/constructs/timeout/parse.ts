import type { ReportOptions } from "../../diagnostics/sink.ts";
import { endOfLine, parseArmBody, parseBody } from "../../syntax/block.ts";
import type { Parser } from "../../syntax/parser.ts";
import { T } from "../../syntax/token-kind.ts";
import { parseRoleAt } from "../roles/parse.ts";
import type { Statement } from "../statement.ts";
import type { Timeout } from "./node.ts";

const units: Readonly<Record<string, number>> = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000 };
/** The reference reads the number as 64 bits without sign. */
const largest = 0xffff_ffff_ffff_ffffn;

type Head = Pick<Timeout, "duration" | "owner">;

/**
 * `timeout 5s A at`, its body, `on timeout =>` and, when written, `on cancel
 * =>`. Body and handlers are read even when the head cannot be, so that their
 * own faults are found and nothing else is.
 */
export function parseTimeout(p: Parser): Timeout | undefined {
  const start = p.start;
  p.next();
  const head = parseHead(p);
  if (head === undefined) skipHead(p);
  const stray = p.strayHandlers;
  const body = parseBody(p, "timeout bodies", "`timeout`");
  const end = p.lastEnd;
  const early = expectTimeoutFirst(p);
  const onTimeout = parseHandler(p, "timeout");
  // A handler indented with the body was reported where it stands.
  if (onTimeout === undefined && early === undefined && p.strayHandlers === stray) {
    p.report("missingTimeoutHandler", { start: Math.max(start, end - 1), end });
  }
  const onCancel = early ?? parseHandler(p, "cancel");
  if (head === undefined) return undefined;
  return {
    kind: "timeout",
    ...head,
    body,
    onTimeout: onTimeout ?? [],
    ...(onCancel === undefined ? {} : { onCancel }),
    span: p.spanFrom(start),
  };
}

function parseHead(p: Parser): Head | undefined {
  const duration = parseDuration(p);
  if (duration === undefined) return undefined;
  const owner = parseRoleAt(p, "the role that waits");
  return owner === undefined ? undefined : { duration, owner };
}

/** Passes what is left of a head that could not be read. */
function skipHead(p: Parser): void {
  while (!p.startsLine && p.kind !== T.open && p.kind !== T.eof && p.kind !== p.closer) {
    const last = p.isWord("at") && p.peek() !== T.ident;
    p.next();
    if (last) return;
  }
}

/** How units are often written, and how they are spelt here. */
const spellings: Readonly<Record<string, string>> = {
  sec: "s",
  secs: "s",
  second: "s",
  seconds: "s",
  millis: "ms",
  msec: "ms",
  min: "m",
  mins: "m",
  minute: "m",
  minutes: "m",
  hour: "h",
  hours: "h",
};

/** A number with its unit beside it: `250ms`, `5s`, `2m`, `1h`. */
function parseDuration(p: Parser): Timeout["duration"] | undefined {
  const { start, end } = p;
  if (p.kind !== T.int) return p.fail("a duration such as `5s`", roleFirst(p));
  const digits = p.text();
  p.next();
  const unit = readUnit(p, end);
  const span = p.spanFrom(start);
  const text = p.source.slice(span.start, span.end);
  const count = BigInt(digits.length > 40 ? digits.slice(0, 40) : digits);
  if (count > largest) p.report("durationOverflow", span, { args: { value: text.slice(0, 48) } });
  const millis = count > largest ? 0 : Math.min(Number(count) * unit, Number.MAX_SAFE_INTEGER);
  return { millis, text, span };
}

/** `timeout Seller 5 seconds`: everything is there, in another order. */
function roleFirst(p: Parser): ReportOptions {
  const before = p.isWord("at") ? 1 : 0;
  if (p.peek(before) !== T.ident || p.spanAt(before).start > endOfLine(p)) return {};
  const role = p.text(before);
  const at = before + 1;
  if (p.peek(at) !== T.int) return { hint: `it is written \`timeout 5s ${role} at\`` };
  const word = p.peek(at + 1) === T.ident ? p.text(at + 1) : "";
  const unit = Object.hasOwn(units, word)
    ? word
    : Object.hasOwn(spellings, word)
      ? spellings[word]
      : undefined;
  const last = unit === undefined ? at : at + 1;
  const end = p.spanAt(p.isWord("at", last + 1) ? last + 1 : last).end;
  const right = `${p.text(at)}${unit ?? "s"} ${role} at`;
  return {
    hint: `it is written \`timeout ${right}\``,
    fix: { title: `Write \`${right}\``, edits: [{ span: { start: p.start, end }, text: right }] },
  };
}

/** Milliseconds of the unit beside a number; a wrong one is reported and passed. */
function readUnit(p: Parser, end: number): number {
  const word = p.kind === T.ident ? p.text() : "";
  const own = (table: Readonly<Record<string, unknown>>): boolean => Object.hasOwn(table, word);
  const known = own(units) ? word : own(spellings) ? spellings[word] : undefined;
  if (known === word && p.start === end) {
    p.next();
    return units[word] ?? 0;
  }
  const isUnit = known !== undefined || p.start === end;
  const right = known ?? "s";
  p.fail("a unit of time beside the number: `ms`, `s`, `m` or `h`", {
    fix: {
      title: `Insert \`${right}\``,
      edits: [{ span: { start: end, end: isUnit ? p.end : end }, text: right }],
    },
  });
  if (isUnit) p.next();
  return 0;
}

/** `on cancel` before `on timeout` is reported, and read. */
function expectTimeoutFirst(p: Parser): readonly Statement[] | undefined {
  if (!p.isWord("on") || !p.isWord("cancel", 1)) return undefined;
  p.report("missingTimeoutHandler", { start: p.start, end: p.spanAt(1).end });
  return parseHandler(p, "cancel");
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
