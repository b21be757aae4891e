/** Compares two texts by their code units, the same on every machine. */
export const byCodePoint = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** Each text once, in that order. */
export const sortedSet = (values: Iterable<string>): readonly string[] =>
  [...new Set(values)].sort(byCodePoint);
