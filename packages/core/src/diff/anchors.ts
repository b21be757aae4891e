import type { DiffNode } from "./diff-node.ts";

/** What makes a statement the same one at another place. */
const keyOf = (node: DiffNode): string =>
  JSON.stringify([node.kind, node.name, node.ends, node.id.split(".").length]);

const singles = (nodes: readonly DiffNode[]): ReadonlyMap<string, number> => {
  const places = new Map<string, number>();
  const twice = new Set<string>();
  for (const [i, node] of nodes.entries()) {
    const key = keyOf(node);
    if (places.has(key)) twice.add(key);
    places.set(key, i);
  }
  for (const key of twice) places.delete(key);
  return places;
};

/** The longest run of pairs that ascends on both sides; `pairs` ascends on the first. */
const ascending = (pairs: readonly (readonly [number, number])[]): readonly (readonly [number, number])[] => {
  const tails: number[] = [];
  const before: number[] = [];
  for (const [k, [, at]] of pairs.entries()) {
    let low = 0;
    let high = tails.length;
    while (low < high) {
      const mid = (low + high) >> 1;
      if ((pairs[tails[mid] ?? 0]?.[1] ?? 0) < at) low = mid + 1;
      else high = mid;
    }
    before[k] = low > 0 ? (tails[low - 1] ?? -1) : -1;
    tails[low] = k;
  }
  const run: (readonly [number, number])[] = [];
  for (let k = tails.at(-1) ?? -1; k >= 0; k = before[k] ?? -1) {
    const pair = pairs[k];
    if (pair !== undefined) run.push(pair);
  }
  return run.reverse();
};

/** Statements that stand once in each of two long lists, in the same order: what is between them can be compared piece by piece. */
export const anchors = (
  old: readonly DiffNode[],
  now: readonly DiffNode[],
): readonly (readonly [number, number])[] => {
  const after = singles(now);
  const pairs = [...singles(old)]
    .flatMap(([key, i]): readonly (readonly [number, number])[] => {
      const j = after.get(key);
      return j === undefined ? [] : [[i, j]];
    })
    .sort(([a], [b]) => a - b);
  return ascending(pairs);
};
