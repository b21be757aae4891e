/** A stretch of a lane: `from` to the position before the next one, with what holds there. */
export interface LaneSpan<T> {
  readonly from: number;
  readonly to: number;
  readonly item: T;
}

/**
 * What holds where, of changes that each begin at a position, in order: a
 * later change of the same position covers the earlier one.
 *
 * @example laneSpans([{ seq: 0 }, { seq: 4 }], 9) // 0…3, 4…9
 */
export const laneSpans = <T extends { readonly seq: number }>(
  items: readonly T[],
  head: number,
): readonly LaneSpan<T>[] =>
  items.flatMap((item, at) => {
    const next = items[at + 1];
    const to = next === undefined ? head : next.seq - 1;
    return to < item.seq ? [] : [{ from: item.seq, to, item }];
  });
