import type { Diagnostic } from "@parley/core";

export interface Located extends Diagnostic {
  readonly line: number;
  readonly column: number;
}

/** 1-based line and column of an offset; columns count characters. */
const place = (source: string, offset: number): { line: number; column: number } => {
  const before = source.slice(0, offset);
  const line = before.split("\n").length;
  return { line, column: [...before.slice(before.lastIndexOf("\n") + 1)].length + 1 };
};

export const locate = (source: string, diagnostics: readonly Diagnostic[]): readonly Located[] =>
  diagnostics.map((found) => ({ ...found, ...place(source, found.span.start) }));

const frame = (source: string, found: Located): string => {
  const text = (source.split("\n")[found.line - 1] ?? "").replace(/\r$/, "");
  const gutter = String(found.line).padStart(4);
  const rest = Math.max(1, [...text].length - found.column + 1);
  const width = Math.max(1, Math.min(found.span.end - found.span.start, rest));
  return `${gutter} | ${text}\n${" ".repeat(4)} | ${" ".repeat(found.column - 1)}${"^".repeat(width)}`;
};

/** `file:3:5 error PAR1203: …`, the line with carets, related places and the fix. */
export const pretty = (file: string, source: string, diagnostics: readonly Diagnostic[]): string =>
  locate(source, diagnostics)
    .map((found) => {
      const head = `${file}:${found.line}:${found.column} ${found.severity} ${found.code}: ${found.message}`;
      const related = found.related.map((other) => {
        const { line, column } = place(source, other.span.start);
        return `       note ${file}:${line}:${column}: ${other.message}`;
      });
      const fix = found.fix ? [`       fix: ${found.fix.title}`] : [];
      return [head, frame(source, found), ...related, ...fix].join("\n");
    })
    .join("\n\n");
