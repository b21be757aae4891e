import { T } from "../syntax/token-kind.ts";
import type { Span } from "../text/span.ts";
import type { ServiceDocument } from "./document.ts";
import { keywordHelp } from "./keyword-help.ts";
import { isReal, textOf, tokenAfter } from "./token-words.ts";

/** A token before the cursor, as completion sees it. */
export interface Word {
  readonly kind: number;
  readonly text: string;
  readonly start: number;
}

/**
 * Where the cursor stands, told from the tokens alone, so that it also holds
 * while the text is broken there. `words` are the tokens from the start of the
 * statement up to the cursor, without the word being typed.
 */
export interface Place {
  /** What the chosen item replaces: the word under the cursor. */
  readonly replace: Span;
  readonly prefix: string;
  readonly words: readonly Word[];
  /** Column, from 0, of the first character of the line. */
  readonly indent: number;
  /** Inside a comment: nothing is offered. */
  readonly comment: boolean;
  /** Inside the quotes of a string: only what a string may hold. */
  readonly string: boolean;
  /** The innermost bracket that is open at the cursor, as an index into `words`. */
  readonly bracket: number | undefined;
}

const wordBefore = /[A-Za-z][A-Za-z0-9_]*$/;
const wordAfter = /^[A-Za-z0-9_]*/;
const stringBefore = /[a-z0-9_:-]*$/;
const stringAfter = /^[a-z0-9_:-]*/;

const opening = new Set(["(", "{", "["]);
const closing = new Set([")", "}", "]"]);
/** Brackets without a partner are `other` tokens, so the text decides, not the kind. */
const opens = ({ kind, text }: Word): boolean => kind !== T.string && opening.has(text);
const closes = ({ kind, text }: Word): boolean => kind !== T.string && closing.has(text);
const continues = ({ kind, text }: Word): boolean =>
  kind === T.arrow || kind === T.arrowStar || (kind !== T.string && text === "{");

/** The place of an offset in a document. */
export const placeAt = (document: ServiceDocument, offset: number): Place => {
  const { source } = document;
  const { tokens } = document.parsed;
  const lineStart = source.lastIndexOf("\n", offset - 1) + 1;
  const line = source.slice(lineStart, offset);
  const comment = tokens.comments.some(
    ({ start, end }) => start < offset && (offset < end || (offset === end && source[start] === "-")),
  );
  const at = tokenAfter(tokens, offset - 1);
  const inString =
    tokens.kinds[at] === T.string && (tokens.starts[at] ?? 0) < offset && !closed(document, at, offset);
  const [prefix = ""] = (inString ? stringBefore : wordBefore).exec(line) ?? [];
  const [suffix = ""] = (inString ? stringAfter : wordAfter).exec(source.slice(offset)) ?? [];
  const replace = { start: offset - prefix.length, end: offset + suffix.length };
  const words = wordsBefore(document, inString ? (tokens.starts[at] ?? 0) : replace.start);
  const indent = line.length - line.trimStart().length;
  return { replace, prefix, words, indent, comment, string: inString, bracket: openBracket(words) };
};

const closed = ({ source, parsed }: ServiceDocument, index: number, offset: number): boolean => {
  const end = parsed.tokens.ends[index] ?? 0;
  return offset >= end && end - (parsed.tokens.starts[index] ?? 0) > 1 && source[end - 1] === '"';
};

const MAX_WORDS = 400;

const wordAt = ({ parsed: { tokens } }: ServiceDocument, index: number): Word => ({
  kind: tokens.kinds[index] ?? T.eof,
  text: textOf(tokens, index),
  start: tokens.starts[index] ?? 0,
});

/** The tokens of the statement that ends at `end`. */
const wordsBefore = (document: ServiceDocument, end: number): readonly Word[] => {
  const { tokens } = document.parsed;
  const out: Word[] = [];
  let depth = 0;
  let from = Math.min(tokenAfter(tokens, end - 1), tokens.count - 1);
  while (from >= 0 && (tokens.starts[from] ?? 0) >= end) from--;
  const line = document.source.slice(document.source.lastIndexOf("\n", end - 1) + 1, end);
  if (line.trim() === "" && !insideBrackets(document, from)) return [];
  for (let i = from; i >= 0 && out.length < MAX_WORDS; i--) {
    if (!isReal(tokens.kinds[i] ?? 0)) continue;
    const word = wordAt(document, i);
    out.push(word);
    if (closes(word)) depth++;
    else if (opens(word) && depth > 0) depth--;
    const starts = tokens.first[i] === 1 && depth === 0 && !continues(word);
    if (starts && !insideBrackets(document, i - 1)) break;
  }
  return out.reverse();
};

const starters = new Set([...Object.keys(keywordHelp), "|"]);

/** Whether a bracket opened at or before token `index` is still open after it. Stops at what can only start a line. */
const insideBrackets = (document: ServiceDocument, index: number): boolean => {
  const { tokens } = document.parsed;
  let depth = 0;
  for (let i = index; i >= 0 && index - i < MAX_WORDS; i--) {
    const kind = tokens.kinds[i] ?? 0;
    if (!isReal(kind)) continue;
    const word = wordAt(document, i);
    if (closes(word)) depth++;
    else if (opens(word) && depth-- === 0) return true;
    const next = tokens.kinds[i + 1];
    const statement = starters.has(word.text) || next === T.arrow || next === T.arrowStar;
    if (tokens.first[i] === 1 && depth <= 0 && statement && next !== T.colon) return false;
  }
  return false;
};

const openBracket = (words: readonly Word[]): number | undefined => {
  let depth = 0;
  for (let i = words.length - 1; i >= 0; i--) {
    const word = words[i];
    if (word === undefined) continue;
    if (closes(word)) depth++;
    else if (opens(word) && depth-- === 0) return i;
  }
  return undefined;
};
