/**
 * Delta debugging: a sublist that still fails and of which no single item can
 * be left out. `fails` must hold of the whole list. Deterministic; the order
 * of the items stays.
 *
 * @example deltaDebug([1, 2, 3, 4], (some) => some.includes(3)) // [3]
 */
export const deltaDebug = <T>(items: readonly T[], fails: (items: readonly T[]) => boolean): readonly T[] => {
  let current = items;
  for (let parts = 2; current.length > 1; ) {
    const size = Math.ceil(current.length / parts);
    const smaller = withoutOnePart(current, size, fails);
    if (smaller !== undefined) {
      current = smaller;
      parts = Math.max(2, parts - 1);
    } else if (size === 1) break;
    else parts = Math.min(current.length, parts * 2);
  }
  return current.length === 1 && fails([]) ? [] : current;
};

const withoutOnePart = <T>(
  items: readonly T[],
  size: number,
  fails: (items: readonly T[]) => boolean,
): readonly T[] | undefined => {
  // From the end: what happened first is kept where either would do.
  for (let at = Math.floor((items.length - 1) / size) * size; at >= 0; at -= size) {
    const rest = [...items.slice(0, at), ...items.slice(at + size)];
    if (fails(rest)) return rest;
  }
  return undefined;
};
