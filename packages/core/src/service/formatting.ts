import { format } from "../print/format.ts";
import type { TextEdit } from "../text/apply-edits.ts";
import type { Span } from "../text/span.ts";
import type { Workspace } from "./workspace.ts";

interface Line {
  readonly span: Span;
  readonly text: string;
  /** The text without blanks, by which old and new lines are paired. */
  readonly bare: string;
}

/** Lines with their line ends. */
const linesOf = (text: string): readonly Line[] => {
  const out: Line[] = [];
  for (let start = 0; start < text.length; ) {
    const newline = text.indexOf("\n", start);
    const end = newline < 0 ? text.length : newline + 1;
    const line = text.slice(start, end);
    out.push({ span: { start, end }, text: line, bare: line.replaceAll(/\s+/g, "") });
    start = end;
  }
  return out;
};

const AHEAD = 40;

/** The nearest pair of lines, at or after these, that hold the same. */
const meet = (
  old: readonly Line[],
  fresh: readonly Line[],
  i: number,
  j: number,
): readonly [number, number] => {
  for (let far = 0; far <= AHEAD; far++) {
    for (let a = 0; a <= far; a++) {
      const left = old[i + a];
      const right = fresh[j + far - a];
      if (left !== undefined && right !== undefined && left.bare === right.bare && left.bare !== "") {
        return [i + a, j + far - a];
      }
    }
  }
  return [old.length, fresh.length];
};

/** Edits, line by line, that turn one text into the other. */
const lineEdits = (source: string, target: string): readonly TextEdit[] => {
  const old = linesOf(source);
  const fresh = linesOf(target);
  const edits: TextEdit[] = [];
  let i = 0;
  let j = 0;
  while (i < old.length || j < fresh.length) {
    const [a, b] = meet(old, fresh, i, j);
    const start = old[i]?.span.start ?? source.length;
    const end = old[a - 1]?.span.end ?? start;
    const text = fresh
      .slice(j, b)
      .map((line) => line.text)
      .join("");
    if (a > i || b > j) edits.push({ span: { start, end: a > i ? end : start }, text });
    const left = old[a];
    const right = fresh[b];
    if (left !== undefined && right !== undefined && left.text !== right.text) {
      edits.push({ span: left.span, text: right.text });
    }
    i = a + 1;
    j = b + 1;
  }
  return edits.filter(({ span, text }) => source.slice(span.start, span.end) !== text);
};

/** Edits that lay a text out afresh; none when it is so already, or has syntax errors. */
export const formatting = (workspace: Workspace, uri: string): readonly TextEdit[] => {
  const source = workspace.documents.get(uri)?.source;
  return source === undefined ? [] : lineEdits(source, format(source).text);
};

/** The edits of `formatting` that touch the lines of a range. */
export const rangeFormatting = (workspace: Workspace, uri: string, range: Span): readonly TextEdit[] =>
  formatting(workspace, uri).filter(({ span }) =>
    span.start === span.end
      ? range.start <= span.start && span.start <= range.end
      : span.start < Math.max(range.end, range.start + 1) && range.start < span.end,
  );
