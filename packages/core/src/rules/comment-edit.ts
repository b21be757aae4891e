import type { Fix } from "../diagnostics/diagnostic.ts";
import type { Span } from "../text/span.ts";

/** Deletes a comment: with its whole line when it stands alone, else with the blanks before it. */
export function removeComment(source: string, { start, end }: Span): Fix {
  let from = start;
  while (from > 0 && (source[from - 1] === " " || source[from - 1] === "\t")) from--;
  let to = end;
  while (source[to] === " " || source[to] === "\t" || source[to] === "\r") to++;
  const aloneOnLine =
    (from === 0 || source[from - 1] === "\n") && (to >= source.length || source[to] === "\n");
  const span = aloneOnLine ? { start: from, end: Math.min(to + 1, source.length) } : { start: from, end };
  return { title: "Delete the comment", edits: [{ span, text: "" }] };
}
