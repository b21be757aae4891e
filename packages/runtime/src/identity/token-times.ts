/** When the answers of a token can change while nothing else does. */
export interface TokenTimes {
  /** Ends of validity, ms, ascending. */
  readonly ends: readonly number[];
  /** The token looks at the time in a form we do not write ourselves: any millisecond may matter. */
  readonly exact: boolean;
}

const ours = /^check if time_ms\(\$t\), \$t < (\d+);$/;

/** Reads the times off the source text of a token's blocks. */
export const tokenTimes = (blocks: readonly string[]): TokenTimes => {
  const lines = blocks.flatMap((block) => block.split("\n"));
  const ends = lines.flatMap((line) => {
    const end = ours.exec(line)?.[1];
    return end === undefined ? [] : [Number(end)];
  });
  const exact = lines.some((line) => !ours.test(line) && /\btime(?:_ms)?\s*\(/.test(line));
  return { ends: [...new Set(ends)].sort((a, b) => a - b), exact };
};

/**
 * The stretch of time `at` lies in: within one, a token answers a question the
 * same way.
 *
 * @example expiryBucket({ ends: [100], exact: false }, 99) // 0, and 1 from 100 on
 */
export const expiryBucket = ({ ends, exact }: TokenTimes, at: number): string => {
  if (exact) return `@${at}`;
  const passed = ends.findIndex((end) => at < end);
  return String(passed < 0 ? ends.length : passed);
};
