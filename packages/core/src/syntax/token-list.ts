import type { Span } from "../text/span.ts";
import { T } from "./token-kind.ts";

/** One token or piece of trivia as an object, for tools; the parser works on the arrays. */
export interface Token {
  readonly kind: "token" | "space" | "comment";
  readonly token: number;
  readonly span: Span;
}

/**
 * Tokens in parallel arrays (kind, start, end), without trivia: what lies
 * between two tokens is white space and the comments listed beside them, so
 * nothing of the source is lost. `first[i]` is 1 for the first token of a line.
 */
export interface TokenList {
  readonly source: string;
  readonly count: number;
  readonly kinds: Uint8Array;
  readonly starts: Int32Array;
  readonly ends: Int32Array;
  readonly first: Uint8Array;
  readonly comments: readonly Span[];
}

/** Every character of the source, in order: tokens, comments, white space. Virtual tokens are left out. */
export function allTokens(list: TokenList): Token[] {
  const out: Token[] = [];
  let at = 0;
  let comment = 0;
  const gap = (to: number): void => {
    while (at < to) {
      const next = list.comments[comment];
      if (next === undefined || next.start >= to) {
        out.push({ kind: "space", token: T.other, span: { start: at, end: to } });
        at = to;
        return;
      }
      if (next.start > at) out.push({ kind: "space", token: T.other, span: { start: at, end: next.start } });
      out.push({ kind: "comment", token: T.other, span: next });
      at = next.end;
      comment++;
    }
  };
  for (let i = 0; i < list.count; i++) {
    const kind = list.kinds[i] ?? 0;
    const start = list.starts[i] ?? 0;
    const end = list.ends[i] ?? 0;
    if (kind === T.open || kind === T.close || kind === T.eof) continue;
    gap(start);
    out.push({ kind: "token", token: kind, span: { start, end } });
    at = end;
  }
  gap(list.source.length);
  return out;
}
