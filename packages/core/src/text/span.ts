/**
 * A half-open range of UTF-16 offsets in the source text, `start <= end`.
 * Every token, tree node and diagnostic carries one, always in coordinates of
 * the text the author wrote (never of a laid-out copy).
 */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** The smallest span that holds both. */
export const join = (a: Span, b: Span): Span => ({
  start: Math.min(a.start, b.start),
  end: Math.max(a.end, b.end),
});
