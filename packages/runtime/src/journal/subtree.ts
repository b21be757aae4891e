import { digitAt, type RootNode, type RootTree } from "./root-tree.ts";

/**
 * What a tree holds below some leading hex digits: its node there, or the part
 * of a bucket that begins so. Its hash depends on those ids alone, so two trees
 * can be compared below any prefix whatever their shape above it.
 */
export const subtreeAt = <V>(tree: RootTree<V>, prefix: string): RootNode<V> | undefined => {
  let node = tree.node;
  for (let depth = 0; depth < prefix.length && node !== undefined; depth += 1) {
    if (node.kind === "bucket") {
      const { ids, values }: { ids: readonly string[]; values: readonly V[] } = node;
      const at = ids.flatMap((id, index) => (id.startsWith(prefix) ? [index] : []));
      if (at.length === 0) return undefined;
      return {
        kind: "bucket",
        ids: ids.filter((id) => id.startsWith(prefix)),
        values: at.map((index) => values[index] as V),
      };
    }
    node = node.children[digitAt(prefix, depth)];
  }
  return node;
};
