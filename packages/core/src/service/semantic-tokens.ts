import { T } from "../syntax/token-kind.ts";
import type { Span } from "../text/span.ts";
import type { ServiceDocument } from "./document.ts";
import { annotationHelp, keywordHelp, otherAnnotationKeys, plainKeywords } from "./keyword-help.ts";
import type { Occurrence, SymbolKind } from "./occurrence.ts";
import { builtinConstructors, builtinTypes } from "./occurrence-collector.ts";
import { textOf } from "./token-words.ts";
import type { Workspace } from "./workspace.ts";

/** Names of the token types, in the order the encoded form counts them. */
export const tokenTypes = [
  "namespace",
  "class",
  "parameter",
  "function",
  "label",
  "enumMember",
  "event",
  "type",
  "interface",
  "method",
  "variable",
  "property",
  "keyword",
  "string",
  "number",
  "comment",
  "operator",
] as const;
export type TokenType = (typeof tokenTypes)[number];

/** Names of the modifiers; bit `i` of the encoded form stands for the one at `i`. */
export const tokenModifiers = ["declaration"] as const;

export interface SemanticToken {
  readonly span: Span;
  readonly type: TokenType;
  readonly declaration: boolean;
}

const typeOf: Readonly<Record<SymbolKind, TokenType>> = {
  module: "namespace",
  alias: "namespace",
  protocol: "function",
  localProtocol: "function",
  role: "class",
  parameter: "parameter",
  label: "label",
  arm: "enumMember",
  message: "event",
  type: "type",
  constructor: "enumMember",
  effect: "interface",
  effectOperation: "method",
  operation: "function",
  binding: "variable",
  bundle: "namespace",
  capability: "string",
  executionProfile: "namespace",
  agreementProfile: "namespace",
  contract: "property",
  roleSet: "class",
  topology: "namespace",
  fragment: "type",
  guestRuntime: "namespace",
  publication: "variable",
  event: "event",
  work: "variable",
  exposed: "namespace",
};

const annotationKeys = new Set([...Object.keys(annotationHelp), ...otherAnnotationKeys]);

/** Colours of a document: one per word, in order of place, none over another, none over a line's end. */
export const semanticTokens = (workspace: Workspace, uri: string): readonly SemanticToken[] => {
  const document = workspace.documents.get(uri);
  if (document === undefined) return [];
  const { tokens } = document.parsed;
  const out: SemanticToken[] = [];
  const mentions = document.occurrences;
  let mention = 0;
  let comment = 0;
  const commentsBefore = (offset: number): void => {
    for (
      let next = tokens.comments[comment];
      next !== undefined && next.start < offset;
      next = tokens.comments[++comment]
    ) {
      pushLines(out, document.source, next, "comment");
    }
  };
  for (let i = 0; i < tokens.count; i++) {
    const span = { start: tokens.starts[i] ?? 0, end: tokens.ends[i] ?? 0 };
    if (span.end === span.start) continue;
    commentsBefore(span.start);
    while ((mentions[mention]?.span.end ?? Number.POSITIVE_INFINITY) <= span.start) mention++;
    const at = mentions[mention];
    const type = at !== undefined && at.span.start === span.start ? mentionType(at) : wordType(document, i);
    if (type === undefined) continue;
    if (tokens.kinds[i] === T.string) pushLines(out, document.source, span, "string");
    else out.push({ span, type, declaration: at?.span.start === span.start && at.role === "definition" });
  }
  commentsBefore(Number.POSITIVE_INFINITY);
  return out;
};

const mentionType = ({ kind }: Occurrence): TokenType => typeOf[kind];

const wordType = ({ parsed: { tokens } }: ServiceDocument, index: number): TokenType | undefined => {
  const kind = tokens.kinds[index] ?? 0;
  if (kind === T.string) return "string";
  if (kind === T.int) return "number";
  if (kind === T.arrow || kind === T.arrowStar || kind === T.fatArrow || kind === T.bar || kind === T.eq) {
    return "operator";
  }
  if (kind !== T.ident) return undefined;
  const word = textOf(tokens, index);
  if (tokens.kinds[index - 1] === T.int && tokens.ends[index - 1] === tokens.starts[index]) return "number";
  if (tokens.kinds[index + 1] === T.colon && annotationKeys.has(word)) return "property";
  if (builtinTypes.has(word)) return "type";
  if (builtinConstructors.has(word)) return "enumMember";
  return Object.hasOwn(keywordHelp, word) || plainKeywords.has(word) ? "keyword" : undefined;
};

/** A stretch that may run over lines, as one token a line. */
const pushLines = (out: SemanticToken[], source: string, span: Span, type: TokenType): void => {
  let start = span.start;
  while (start < span.end) {
    const newline = source.indexOf("\n", start);
    let end = newline < 0 || newline > span.end ? span.end : newline;
    const next = end + 1;
    if (source[end - 1] === "\r") end--;
    if (end > start) out.push({ span: { start, end }, type, declaration: false });
    start = next;
  }
};

/** The five numbers a token that LSP sends: lines and columns relative to the token before, in UTF-16 units. */
export const encodeTokens = ({ lines }: ServiceDocument, tokens: readonly SemanticToken[]): Uint32Array => {
  const data = new Uint32Array(tokens.length * 5);
  let line = 1;
  let column = 1;
  for (const [at, { span, type, declaration }] of tokens.entries()) {
    const place = lines.positionAt(span.start);
    const sameLine = place.line === line;
    data[at * 5] = place.line - line;
    data[at * 5 + 1] = place.column - (sameLine ? column : 1);
    data[at * 5 + 2] = span.end - span.start;
    data[at * 5 + 3] = tokenTypes.indexOf(type);
    data[at * 5 + 4] = declaration ? 1 : 0;
    line = place.line;
    column = place.column;
  }
  return data;
};
