import type { Span } from "../text/span.ts";

/** A token of the macro form of a protocol; comments are tokens too, for they are kept. */
export interface LegacyToken {
  readonly kind: "word" | "number" | "string" | "mark" | "comment" | "end";
  /** As written; the words of a comment without its delimiters. */
  readonly text: string;
  readonly span: Span;
  /** Nothing but blanks stands before it on its line. */
  readonly startsLine: boolean;
}

const patterns: readonly (readonly [LegacyToken["kind"], RegExp])[] = [
  ["comment", /\/\/[^\n]*|--(?!>)[^\n]*|\/\*[\s\S]*?(?:\*\/|$)|\{-[\s\S]*?(?:-\}|$)/y],
  ["string", /r(#*)"[\s\S]*?"\1|"(?:[^"\\]|\\[\s\S])*"/y],
  ["word", /[A-Za-z_]\w*/y],
  ["number", /\d[\d_]*(?:ms|s|m|h)?\b/y],
  ["mark", /->\*|->|=>|::|\.\.|[\s\S]/y],
];

const commentWords = (text: string): string =>
  text
    .replace(/^(?:\/\/[/!]?|--|\/\*+!?|\{-)/, "")
    .replace(/(?:\*\/|-\})$/, "")
    .replaceAll(/\n[ \t]*\*[ \t]?/g, "\n");

const read = (source: string, at: number): { readonly kind: LegacyToken["kind"]; readonly end: number } => {
  for (const [kind, pattern] of patterns) {
    pattern.lastIndex = at;
    if (pattern.test(source)) return { kind, end: pattern.lastIndex };
  }
  return { kind: "mark", end: at + 1 };
};

/** Splits a text into the tokens of the macro form; any text is accepted. The last token is the end. */
export function legacyTokens(source: string): readonly LegacyToken[] {
  const tokens: LegacyToken[] = [];
  let at = 0;
  let startsLine = true;
  while (at < source.length) {
    const char = source.charAt(at);
    if (/\s/.test(char)) {
      startsLine ||= char === "\n";
      at++;
      continue;
    }
    const { kind, end } = read(source, at);
    const raw = source.slice(at, end);
    const text = kind === "comment" ? commentWords(raw) : raw;
    tokens.push({ kind, text, span: { start: at, end }, startsLine });
    startsLine = false;
    at = end;
  }
  tokens.push({ kind: "end", text: "", span: { start: at, end: at }, startsLine });
  return tokens;
}
