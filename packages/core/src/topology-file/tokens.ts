import type { Span } from "../text/span.ts";

/** A piece of a topology file: a word (names, numbers, hosts), `->`, or one character. */
export interface TopologyToken {
  readonly kind: "word" | "symbol" | "end";
  readonly text: string;
  readonly span: Span;
}

const isWord = (code: number): boolean =>
  (code >= 48 && code <= 57) || (code >= 65 && code <= 90) || (code >= 97 && code <= 122) || code === 95;

/** Inside a word a dot or a dash may stand, but not the dash of `->`. */
const isInner = (source: string, at: number): boolean => {
  const text = source[at];
  return (text === "." || (text === "-" && source[at + 1] !== ">")) && isWord(source.charCodeAt(at + 1));
};

/** Where the comment at `at` ends, or `at` when none starts there. */
const afterComment = (source: string, at: number): number => {
  const end = source.startsWith("//", at) ? source.indexOf("\n", at) : -1;
  if (source.startsWith("//", at)) return end < 0 ? source.length : end;
  if (!source.startsWith("/*", at)) return at;
  const close = source.indexOf("*/", at + 2);
  return close < 0 ? source.length : close + 2;
};

/** Splits a topology file. Comments run from two slashes to the end of the line, or between slash-star and star-slash. Any text is accepted. */
export const topologyTokens = (source: string): readonly TopologyToken[] => {
  const tokens: TopologyToken[] = [];
  let at = 0;
  const push = (kind: TopologyToken["kind"], end: number): void => {
    tokens.push({ kind, text: source.slice(at, end), span: { start: at, end } });
    at = end;
  };
  while (at < source.length) {
    const skipped = afterComment(source, at);
    if (skipped > at) at = skipped;
    else if (/\s/.test(source[at] ?? "")) at++;
    else if (isWord(source.charCodeAt(at))) {
      let end = at + 1;
      while (end < source.length && (isWord(source.charCodeAt(end)) || isInner(source, end))) end++;
      push("word", end);
    } else push("symbol", source.startsWith("->", at) ? at + 2 : at + 1);
  }
  push("end", at);
  return tokens;
};
