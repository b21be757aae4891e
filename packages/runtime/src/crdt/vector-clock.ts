/** How many events of each actor have been seen; an actor that is not named counts as 0. */
export type VectorClock = { readonly [actor: string]: number };

const sorted = (entries: Iterable<readonly [string, number]>): VectorClock =>
  Object.fromEntries([...entries].filter(([, count]) => count > 0).sort(([a], [b]) => (a < b ? -1 : 1)));

/** Pointwise greater. */
export const mergeClocks = (one: VectorClock, other: VectorClock): VectorClock =>
  sorted(
    [...new Set([...Object.keys(one), ...Object.keys(other)])].map((actor) => [
      actor,
      Math.max(one[actor] ?? 0, other[actor] ?? 0),
    ]),
  );

/** One more event of an actor. */
export const tickClock = (clock: VectorClock, actor: string): VectorClock =>
  sorted(Object.entries({ ...clock, [actor]: (clock[actor] ?? 0) + 1 }));

/** The greatest count; 0 of an empty clock. */
export const lamportOf = (clock: VectorClock): number => Math.max(0, ...Object.values(clock));

/** Whether everything `other` has seen is in `clock`. */
export const covers = (clock: VectorClock, other: VectorClock): boolean =>
  Object.entries(other).every(([actor, count]) => (clock[actor] ?? 0) >= count);
