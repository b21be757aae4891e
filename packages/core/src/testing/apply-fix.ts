import type { Fix } from "../diagnostics/diagnostic.ts";

/** The text after the edits of a fix, which do not overlap. */
export function applyFix(source: string, fix: Fix): string {
  let text = source;
  for (const { span, text: edit } of [...fix.edits].sort((a, b) => b.span.start - a.span.start)) {
    text = text.slice(0, span.start) + edit + text.slice(span.end);
  }
  return text;
}
