import type { Span } from "./span.ts";

/** Replaces one stretch of a text. */
export interface TextEdit {
  readonly span: Span;
  readonly text: string;
}

/** A text with edits applied; they must not overlap, and those at one place go in order. */
export const applyEdits = (source: string, edits: readonly TextEdit[]): string => {
  const ordered = [...edits].sort((a, b) => a.span.start - b.span.start || a.span.end - b.span.end);
  let out = "";
  let at = 0;
  for (const { span, text } of ordered) {
    out += source.slice(at, span.start) + text;
    at = span.end;
  }
  return out + source.slice(at);
};
