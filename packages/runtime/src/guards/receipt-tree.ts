import { hexToBytes } from "@noble/hashes/utils.js";
import { type Hash, hashDomain } from "@parley/wire";
import type { PathStep } from "./receipt.ts";

const leafHash = (id: Hash): Hash => hashDomain("parley.receipt-leaf/1", hexToBytes(id));

const nodeHash = (left: Hash, right: Hash): Hash =>
  hashDomain("parley.receipt-node/1", hexToBytes(left), hexToBytes(right));

/** All levels from the leaves up; the odd last of a level goes up unchanged. */
const levelsOf = (ids: readonly Hash[]): readonly (readonly Hash[])[] => {
  const levels: Hash[][] = [ids.map(leafHash)];
  for (let level = levels[0] ?? []; level.length > 1; ) {
    const next: Hash[] = [];
    for (let i = 0; i < level.length; i += 2) {
      const left = level[i] ?? "";
      const right = level[i + 1];
      next.push(right === undefined ? left : nodeHash(left, right));
    }
    levels.push(next);
    level = next;
  }
  return levels;
};

/** The root over receipt ids, in order, and the path of each. Throws on no ids: there is nothing to sign. */
export const receiptTree = (
  ids: readonly Hash[],
): { readonly root: Hash; readonly path: (index: number) => readonly PathStep[] } => {
  const levels = levelsOf(ids);
  const root = levels.at(-1)?.[0];
  if (root === undefined) throw new Error("a receipt tree has at least one leaf");
  return {
    root,
    path: (index) =>
      levels.slice(0, -1).flatMap((level, depth): readonly PathStep[] => {
        const at = Math.floor(index / 2 ** depth);
        const sibling = level[at % 2 === 0 ? at + 1 : at - 1];
        return sibling === undefined ? [] : [{ sibling, side: at % 2 === 0 ? "right" : "left" }];
      }),
  };
};

/**
 * On which sides the siblings of leaf `index` stand in a tree of `size` leaves;
 * undefined when there is no such leaf. A path of another shape leads nowhere.
 */
export const pathSides = (index: number, size: number): readonly PathStep["side"][] | undefined => {
  if (!Number.isSafeInteger(index) || !Number.isSafeInteger(size) || index < 0 || index >= size)
    return undefined;
  const sides: PathStep["side"][] = [];
  for (let at = index, width = size; width > 1; at = Math.floor(at / 2), width = Math.ceil(width / 2)) {
    if (at % 2 === 1) sides.push("left");
    else if (at + 1 < width) sides.push("right");
  }
  return sides;
};

/** The hashes from the leaf of an id up its path: the leaf first, the root it leads to last. */
export const pathNodes = (id: Hash, path: readonly PathStep[]): readonly Hash[] => {
  const nodes = [leafHash(id)];
  for (const { sibling, side } of path) {
    const below = nodes.at(-1) ?? "";
    nodes.push(side === "left" ? nodeHash(sibling, below) : nodeHash(below, sibling));
  }
  return nodes;
};

/** The root that an id and its path lead to. */
export const pathRoot = (id: Hash, path: readonly PathStep[]): Hash => pathNodes(id, path).at(-1) ?? "";
