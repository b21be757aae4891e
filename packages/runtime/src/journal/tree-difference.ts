import type { Hash } from "@parley/wire";
import { entriesOf, insert, nodeHash, type RootNode, type RootTree } from "./root-tree.ts";

/** Ids that only one of two sets holds, ascending. */
export interface TreeDifference {
  readonly onlyA: readonly Hash[];
  readonly onlyB: readonly Hash[];
}

const idsOf = <V>(node: RootNode<V> | undefined): readonly Hash[] => [...entriesOf(node)].map(([id]) => id);

const without = (ids: readonly Hash[], others: readonly Hash[]): readonly Hash[] => {
  const held = new Set(others);
  return ids.filter((id) => !held.has(id));
};

/**
 * What two sets do not share. Equal subtrees are passed over by their hash, so
 * the work follows the difference and not the size.
 */
export const difference = <A, B>(a: RootTree<A>, b: RootTree<B>): TreeDifference => {
  const onlyA: Hash[] = [];
  const onlyB: Hash[] = [];
  const collect = (left: RootNode<A> | undefined, right: RootNode<B> | undefined): void => {
    if (nodeHash(left) === nodeHash(right)) return;
    if (left?.kind === "branch" && right?.kind === "branch") {
      for (let digit = 0; digit < 16; digit += 1) collect(left.children[digit], right.children[digit]);
      return;
    }
    const [ours, theirs] = [idsOf(left), idsOf(right)];
    onlyA.push(...without(ours, theirs));
    onlyB.push(...without(theirs, ours));
  };
  collect(a.node, b.node);
  return { onlyA, onlyB };
};

/** Both sets in one; of an id in both, the first tree's value. */
export const union = <V>(a: RootTree<V>, b: RootTree<V>): RootTree<V> => {
  let tree = a;
  const missing = new Set(difference(a, b).onlyB);
  if (missing.size === 0) return a;
  for (const [id, value] of entriesOf(b.node)) if (missing.has(id)) tree = insert(tree, id, value);
  return tree;
};
