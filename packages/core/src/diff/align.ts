import { anchors } from "./anchors.ts";
import type { DiffNode } from "./diff-node.ts";

/** Larger lists are cut at what stands once in both; a piece that is still larger counts as replaced. */
const MAX_CELLS = 4_000_000;

const shared = (a: ReadonlyMap<string, number>, b: ReadonlyMap<string, number>): number => {
  let both = 0;
  let all = 0;
  for (const [name, count] of a) {
    both += Math.min(count, b.get(name) ?? 0);
    all += count;
  }
  for (const count of b.values()) all += count;
  return all === 0 ? 1 : (2 * both) / all;
};

const sameAnnotations = (a: DiffNode, b: DiffNode): boolean =>
  a.annotations.length === b.annotations.length &&
  a.annotations.every(({ key, value }, i) => {
    const other = b.annotations[i];
    return other?.key === key && other.value === value;
  });

const messageLikeness = (a: DiffNode, b: DiffNode): number => {
  const name = a.name === b.name;
  const ends = a.ends === b.ends;
  if (!name && !ends) return 0;
  const rest = (a.payload === b.payload ? 0.5 : 0) + (sameAnnotations(a, b) ? 0.25 : 0);
  if (name && ends) return 4 + rest;
  return (name ? 2 : 1.5) + rest / 4;
};

/** How much two statements are one and the same; 0 when they cannot be. Symmetric. */
export const likeness = (a: DiffNode, b: DiffNode): number => {
  if (a.kind !== b.kind) return 0;
  const name = a.name === b.name;
  const ends = a.ends === b.ends;
  switch (a.kind) {
    case "message":
      return messageLikeness(a, b);
    case "deed":
      if (!ends) return 0;
      return name ? 4 : 1.5;
    case "continue":
      return name ? 2 : 1;
    case "frame":
      return name ? 1 + 3 * shared(a.bag, b.bag) + (ends ? 0.5 : 0) : 0;
    case "section":
      return (name ? 4 : 0.5) + 2 * shared(a.bag, b.bag) + (ends ? 0.25 : 0);
  }
};

/** One place of an alignment. */
export interface Aligned {
  readonly old?: DiffNode;
  readonly new?: DiffNode;
}

const identical = (a: DiffNode | undefined, b: DiffNode | undefined): boolean =>
  a !== undefined &&
  b !== undefined &&
  a.kind === b.kind &&
  a.name === b.name &&
  a.ends === b.ends &&
  a.payload === b.payload &&
  sameAnnotations(a, b) &&
  a.children.length === b.children.length &&
  a.children.every((child, i) => identical(child, b.children[i]));

/** The best scores of every pair of rests, row by row from the end. */
const scores = (old: readonly DiffNode[], now: readonly DiffNode[]): Float64Array => {
  const width = now.length + 1;
  const best = new Float64Array((old.length + 1) * width);
  for (let i = old.length - 1; i >= 0; i--) {
    for (let j = now.length - 1; j >= 0; j--) {
      const like = likeness(old[i] as DiffNode, now[j] as DiffNode);
      const skip = Math.max(best[(i + 1) * width + j] ?? 0, best[i * width + j + 1] ?? 0);
      const take = like > 0 ? like + (best[(i + 1) * width + j + 1] ?? 0) : 0;
      best[i * width + j] = Math.max(skip, take);
    }
  }
  return best;
};

const middle = (old: readonly DiffNode[], now: readonly DiffNode[]): readonly Aligned[] => {
  if (old.length * now.length > MAX_CELLS) return pieces(old, now);
  const width = now.length + 1;
  const best = scores(old, now);
  const rows: Aligned[] = [];
  let i = 0;
  let j = 0;
  while (i < old.length || j < now.length) {
    const a = old[i];
    const b = now[j];
    const here = best[i * width + j] ?? 0;
    const like = a !== undefined && b !== undefined ? likeness(a, b) : 0;
    if (
      a !== undefined &&
      b !== undefined &&
      like > 0 &&
      here === like + (best[(i + 1) * width + j + 1] ?? 0)
    ) {
      rows.push({ old: a, new: b });
      i++;
      j++;
    } else if (a !== undefined && (b === undefined || here === (best[(i + 1) * width + j] ?? 0))) {
      rows.push({ old: a });
      i++;
    } else if (b !== undefined) {
      rows.push({ new: b });
      j++;
    }
  }
  return rows;
};

/** Between one anchor and the next. */
const pieces = (old: readonly DiffNode[], now: readonly DiffNode[]): readonly Aligned[] => {
  const rows: Aligned[] = [];
  let i = 0;
  let j = 0;
  const upTo = (a: number, b: number): void => {
    const [left, right] = [old.slice(i, a), now.slice(j, b)];
    if (left.length * right.length <= MAX_CELLS) rows.push(...middle(left, right));
    else rows.push(...left.map((node) => ({ old: node })), ...right.map((node) => ({ new: node })));
  };
  for (const [a, b] of anchors(old, now)) {
    upTo(a, b);
    const [before, after] = [old[a], now[b]];
    if (before !== undefined && after !== undefined) rows.push({ old: before, new: after });
    i = a + 1;
    j = b + 1;
  }
  upTo(old.length, now.length);
  return rows;
};

/** Lines two lists up so that as much as possible stands opposite its like, in order. */
export const align = (old: readonly DiffNode[], now: readonly DiffNode[]): readonly Aligned[] => {
  let start = 0;
  while (start < old.length && start < now.length && identical(old[start], now[start])) start++;
  let end = 0;
  while (
    end < old.length - start &&
    end < now.length - start &&
    identical(old[old.length - 1 - end], now[now.length - 1 - end])
  ) {
    end++;
  }
  const pair = (node: DiffNode, i: number, offset: number): Aligned => {
    const other = now[i + offset];
    return other === undefined ? { old: node } : { old: node, new: other };
  };
  return [
    ...old.slice(0, start).map((node, i) => pair(node, i, 0)),
    ...middle(old.slice(start, old.length - end), now.slice(start, now.length - end)),
    ...old.slice(old.length - end).map((node, i) => pair(node, i, now.length - end)),
  ];
};

/** Arms by their labels, wherever they stand; arms of which only one is left on a side by what is in them. */
export const alignArms = (old: readonly DiffNode[], now: readonly DiffNode[]): readonly Aligned[] => {
  const byLabel = new Map(now.map((node) => [node.name, node]));
  const kept = new Set(old.filter(({ name }) => byLabel.has(name)).map(({ name }) => name));
  const rest = align(
    old.filter(({ name }) => !kept.has(name)),
    now.filter(({ name }) => !kept.has(name)),
  );
  const restOf = new Map(rest.map((row) => [row.old ?? row.new, row]));
  const rows: Aligned[] = [];
  for (const node of old) {
    const other = kept.has(node.name) ? byLabel.get(node.name) : undefined;
    const row = restOf.get(node);
    if (other !== undefined) rows.push({ old: node, new: other });
    else if (row?.new !== undefined && shared(node.bag, row.new.bag) > 0) rows.push(row);
    else rows.push({ old: node });
  }
  const taken = new Set(rows.map((row) => row.new));
  for (const node of now) if (!taken.has(node)) rows.push({ new: node });
  return rows;
};
