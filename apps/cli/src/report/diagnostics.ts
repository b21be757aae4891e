import type { Diagnostic, Fix, Span } from "@parley/core";
import { docsLink } from "./docs-link.ts";
import { place } from "./place.ts";

export interface Located extends Diagnostic {
  readonly line: number;
  readonly column: number;
}

export const locate = (source: string, diagnostics: readonly Diagnostic[]): readonly Located[] =>
  diagnostics.map((found) => ({ ...found, ...place(source, found.span.start) }));

/** The line a span starts on, with carets under the part of the span on it. */
const frame = (source: string, span: Span): string => {
  const { line, column } = place(source, span.start);
  const text = (source.split("\n")[line - 1] ?? "").replace(/\r$/, "");
  const gutter = String(line).padStart(4);
  const rest = Math.max(1, [...text].length - column + 1);
  const width = Math.max(1, Math.min(span.end - span.start, rest));
  return `${gutter} | ${text}\n${" ".repeat(4)} | ${" ".repeat(column - 1)}${"^".repeat(width)}`;
};

/** The line a small fix would leave; a fix of several lines is named only. */
const preview = (source: string, fix: Fix): readonly string[] => {
  const [edit, ...more] = fix.edits;
  if (edit === undefined || more.length > 0) return [];
  const start = source.lastIndexOf("\n", edit.span.start - 1) + 1;
  const newline = source.indexOf("\n", edit.span.end);
  const end = newline < 0 ? source.length : newline;
  const after = source.slice(start, edit.span.start) + edit.text + source.slice(edit.span.end, end);
  if (after.includes("\n") || source.slice(start, end).includes("\n") || after.trim() === "") return [];
  return [`          + ${after.trimStart()}`];
};

/** `file:3:5 error PAR1203: …`, the line with carets, related places with theirs, the fix, and the page. */
export const pretty = (file: string, source: string, diagnostics: readonly Diagnostic[]): string =>
  locate(source, diagnostics)
    .map((found) => {
      const head = `${file}:${found.line}:${found.column} ${found.severity} ${found.code}: ${found.message}`;
      const related = found.related.flatMap((other) => {
        const { line, column } = place(source, other.span.start);
        return [`       note ${file}:${line}:${column}: ${other.message}`, frame(source, other.span)];
      });
      const fix = found.fix ? [`       fix: ${found.fix.title}`, ...preview(source, found.fix)] : [];
      const link = `       see ${docsLink(found.code)}`;
      return [head, frame(source, found.span), ...related, ...fix, link].join("\n");
    })
    .join("\n\n");
