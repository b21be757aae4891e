/** A request for part of a list: newest first, `limit` at most (1…200, 50 unless given), after the page that ended with `after`. */
export interface PageRequest {
  readonly limit?: number;
  readonly after?: number;
}

/** Part of a list; `next` is the `after` of the following page, absent on the last. */
export interface Page<T> {
  readonly items: readonly T[];
  readonly next?: number;
}

export const MAX_PAGE = 200;

/** The limit a request stands for, within bounds. */
export const limitOf = ({ limit = 50 }: PageRequest): number =>
  Math.min(Math.max(1, Math.trunc(limit)), MAX_PAGE);

/** Makes a page of `limit` out of up to `limit + 1` rows, keyed by their commit number. */
export const pageOf = <T>(rows: readonly T[], limit: number, key: (row: T) => number): Page<T> => {
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  return rows.length > limit && last !== undefined ? { items, next: key(last) } : { items };
};
