import type { TreeOp } from "@parley/wire";
import { type AuthorityTree, activeLeaves } from "./authority-tree.ts";

/** Limit of a leaf's public key, in bytes (spec/aura-state.md §2). */
export const MAX_LEAF_KEY = 64;

export type TreeError =
  | { readonly code: "PAR7761"; readonly variant: "LeafNotFound"; readonly leaf: number }
  | {
      readonly code: "PAR7762";
      readonly variant: "InvalidThreshold";
      readonly threshold: number;
      readonly leaves: number;
    }
  | { readonly code: "PAR7763"; readonly variant: "InvalidKey"; readonly reason: string };

export type Applied =
  | { readonly ok: true; readonly tree: AuthorityTree }
  | { readonly ok: false; readonly error: TreeError };

const keyProblem = (key: string): string | undefined => {
  if (!/^([0-9a-f]{2})+$/.test(key)) return "a key is hex";
  return key.length / 2 > MAX_LEAF_KEY ? `a key has at most ${MAX_LEAF_KEY} bytes` : undefined;
};

/** One operation on a tree; refused, it changes nothing. A rotation puts every leaf into the new epoch. */
export const applyOperation = (tree: AuthorityTree, op: TreeOp): Applied => {
  switch (op.kind) {
    case "addLeaf": {
      const reason = keyProblem(op.publicKey);
      if (reason !== undefined)
        return { ok: false, error: { code: "PAR7763", variant: "InvalidKey", reason } };
      const { role, publicKey } = op;
      const leaf = { id: tree.leaves.length, role, publicKey, epoch: tree.epoch, active: true };
      return { ok: true, tree: { ...tree, leaves: [...tree.leaves, leaf] } };
    }
    case "removeLeaf": {
      if (!activeLeaves(tree).some(({ id }) => id === op.leaf))
        return { ok: false, error: { code: "PAR7761", variant: "LeafNotFound", leaf: op.leaf } };
      const leaves = tree.leaves.map((leaf) => (leaf.id === op.leaf ? { ...leaf, active: false } : leaf));
      return { ok: true, tree: { ...tree, leaves } };
    }
    case "updatePolicy": {
      const count = activeLeaves(tree).length;
      return op.threshold < 1 || op.threshold > count
        ? {
            ok: false,
            error: { code: "PAR7762", variant: "InvalidThreshold", threshold: op.threshold, leaves: count },
          }
        : { ok: true, tree: { ...tree, threshold: op.threshold } };
    }
    case "rotateEpoch": {
      const epoch = tree.epoch + 1;
      const leaves = tree.leaves.map((leaf) => (leaf.active ? { ...leaf, epoch } : leaf));
      return { ok: true, tree: { ...tree, epoch, leaves } };
    }
  }
};
