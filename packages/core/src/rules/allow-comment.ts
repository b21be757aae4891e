import { codeById, suggestCode } from "../diagnostics/code-by-id.ts";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { diagnostic } from "../diagnostics/sink.ts";
import type { TokenList } from "../syntax/token-list.ts";
import type { Span } from "../text/span.ts";

interface Allowance {
  readonly code: string;
  /** Where findings of the code are silenced. */
  readonly span: Span;
}

const marker = /^(?:--|\{-)\s*parley:\s*allow\s+/;

/**
 * Leaves out what the author allowed: `-- parley: allow PAR5015` above a line
 * or behind it counts for that line, before the first word of a text for all
 * of it. Errors cannot be allowed. A code that does not exist is reported.
 */
export function withoutAllowed(diagnostics: readonly Diagnostic[], tokens: TokenList): readonly Diagnostic[] {
  if (!tokens.source.includes("parley:")) return diagnostics;
  const allowances: Allowance[] = [];
  const unknown: Diagnostic[] = [];
  for (const comment of tokens.comments) readComment(comment, tokens, allowances, unknown);
  const silenced = ({ code, severity, span }: Diagnostic): boolean =>
    severity !== "error" &&
    allowances.some((one) => one.code === code && one.span.start <= span.start && span.start <= one.span.end);
  return [...diagnostics.filter((found) => !silenced(found)), ...unknown];
}

function readComment(comment: Span, tokens: TokenList, allowances: Allowance[], unknown: Diagnostic[]): void {
  const text = tokens.source.slice(comment.start, comment.end);
  const head = marker.exec(text)?.[0];
  if (head === undefined) return;
  const span = reach(comment, tokens);
  for (const match of text.slice(head.length).matchAll(/[^\s,]+/g)) {
    const code = match[0].replace(/-\}$/, "");
    if (!/^[A-Za-z]+\d+$/.test(code)) break;
    if (codeById(code) !== undefined) {
      allowances.push({ code, span });
      continue;
    }
    const start = comment.start + head.length + match.index;
    const place = { start, end: start + code.length };
    const best = suggestCode(code);
    const fix =
      best === undefined
        ? undefined
        : { title: `Replace by \`${best}\``, edits: [{ span: place, text: best }] };
    unknown.push(diagnostic("allowUnknown", place, { args: { code }, fix }));
  }
}

/** The whole text, the line the comment ends on, or the next line that holds a word. */
function reach(comment: Span, { source, starts, ends, count }: TokenList): Span {
  const first = starts[0] ?? 0;
  if (comment.end <= first) return { start: 0, end: source.length };
  const lineStart = source.lastIndexOf("\n", comment.start - 1) + 1;
  let at = 0;
  while (at < count && (starts[at] ?? 0) < comment.end) at++;
  const before = ends[at - 1] ?? 0;
  if (before > lineStart && before <= comment.start) return { start: lineStart, end: comment.end };
  const next = starts[at] ?? source.length;
  const newline = source.indexOf("\n", next);
  return { start: comment.end, end: newline < 0 ? source.length : newline };
}
