/**
 * One stream in memory: what is on disk, and what is on its way there.
 * `tentative` is what the next command builds on; `durable` is all a view may
 * show (model §1.7).
 */
export interface Cell<S> {
  durable: S;
  tentative: S;
  /** Units on their way to the store that touch this stream. */
  pending: number;
}

export const newCell = <S>(state: S): Cell<S> => ({ durable: state, tentative: state, pending: 0 });
