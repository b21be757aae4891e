import type { Name } from "../constructs/name.ts";
import { T } from "../syntax/token-kind.ts";
import type { TokenList } from "../syntax/token-list.ts";
import type { Span } from "../text/span.ts";

/** Index of the first token that ends after `offset`; `count` when there is none. */
export const tokenAfter = (tokens: TokenList, offset: number): number => {
  let low = 0;
  let high = tokens.count;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((tokens.ends[middle] ?? 0) > offset) high = middle;
    else low = middle + 1;
  }
  return low;
};

/** A token that has characters of its own. */
export const isReal = (kind: number): boolean => kind !== T.open && kind !== T.close && kind !== T.eof;

export const textOf = (tokens: TokenList, index: number): string =>
  tokens.source.slice(tokens.starts[index] ?? 0, tokens.ends[index] ?? 0);

/** The words inside a span, with the kind of token before each: for what the tree keeps as text. */
export const wordsIn = (
  tokens: TokenList,
  span: Span,
): readonly (Name & { readonly before: number; readonly after: number })[] => {
  const out: (Name & { readonly before: number; readonly after: number })[] = [];
  for (let i = tokenAfter(tokens, span.start); i < tokens.count; i++) {
    const start = tokens.starts[i] ?? 0;
    const end = tokens.ends[i] ?? 0;
    if (end > span.end) break;
    if (tokens.kinds[i] !== T.ident || start < span.start) continue;
    out.push({
      text: tokens.source.slice(start, end),
      span: { start, end },
      before: start > span.start ? (tokens.kinds[i - 1] ?? T.eof) : T.eof,
      after: end < span.end ? (tokens.kinds[i + 1] ?? T.eof) : T.eof,
    });
  }
  return out;
};

/** The first words of the dotted paths inside a span: in `a.b, c` the words `a` and `c`. */
export const headsIn = (tokens: TokenList, span: Span): ReturnType<typeof wordsIn> =>
  wordsIn(tokens, span).filter(({ before }) => before !== T.dot);
