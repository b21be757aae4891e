import { type Hash, hashValue } from "@parley/wire";
import { policyHash, subtreePolicy, type TreePolicy } from "./policy.ts";

/** A device or guardian of an authority. Ids count from 0 and are never given twice. */
export interface TreeLeaf {
  readonly id: number;
  readonly role: "Device" | "Guardian";
  /** Hex, of at most 64 bytes. */
  readonly publicKey: string;
  /** The epoch in which its commitment counts. */
  readonly epoch: number;
  readonly active: boolean;
}

/** What an authority is made of (spec/aura-state.md §20.3): its leaves, how many sign, in which epoch. */
export interface AuthorityTree {
  readonly epoch: number;
  readonly threshold: number;
  /** By id; those that were removed stay, inactive. */
  readonly leaves: readonly TreeLeaf[];
}

/** A branch of the shape over the active leaves. Node 0 is the root; the others are numbered level by level. */
export interface TreeBranch {
  readonly node: number;
  readonly left: TreeChild;
  readonly right: TreeChild;
  readonly policy: TreePolicy;
  readonly commitment: Hash;
}

export type TreeChild =
  | { readonly kind: "leaf"; readonly id: number }
  | { readonly kind: "branch"; readonly node: number };

export const emptyAuthorityTree: AuthorityTree = { epoch: 0, threshold: 1, leaves: [] };

export const activeLeaves = ({ leaves }: AuthorityTree): readonly TreeLeaf[] =>
  leaves.filter(({ active }) => active);

export const leafCommitment = ({ id, publicKey, epoch }: TreeLeaf): Hash =>
  hashValue("parley.leaf/1", [id, epoch, publicKey]);

interface Level {
  readonly child:
    | { readonly kind: "leaf"; readonly leaf: TreeLeaf }
    | { readonly kind: "pair"; readonly pair: Pair };
  readonly commitment: Hash;
  readonly leaves: ReadonlySet<number>;
}

interface Pair {
  readonly left: Level;
  readonly right: Level;
}

const commit = (epoch: number, policy: TreePolicy, left: Hash, right: Hash): Hash =>
  hashValue("parley.branch/1", [epoch, policyHash(policy), left, right]);

const pairUp = (tree: AuthorityTree, level: readonly Level[]): readonly Level[] => {
  const next: Level[] = [];
  for (let index = 0; index < level.length; index += 2) {
    const left = level[index];
    if (left === undefined) continue;
    // An odd one out is paired with itself.
    const right = level[index + 1] ?? left;
    const leaves = new Set([...left.leaves, ...right.leaves]);
    const policy = subtreePolicy(tree.threshold, leaves.size);
    next.push({
      child: { kind: "pair", pair: { left, right } },
      commitment: commit(tree.epoch, policy, left.commitment, right.commitment),
      leaves,
    });
  }
  return next;
};

/** The root of the shape over the active leaves; nothing for an authority without any. */
const rootLevel = (tree: AuthorityTree): Level | undefined => {
  let level: readonly Level[] = activeLeaves(tree).map((leaf) => ({
    child: { kind: "leaf", leaf },
    commitment: leafCommitment(leaf),
    leaves: new Set([leaf.id]),
  }));
  // A single leaf is paired, too: with itself.
  do level = pairUp(tree, level);
  while (level.length > 1);
  return level[0];
};

/** The branches over the active leaves, root first; none of an authority without any. */
export const treeBranches = (tree: AuthorityTree): readonly TreeBranch[] => {
  const root = rootLevel(tree);
  const numbers = new Map<Level, number>();
  const queue: Level[] = root === undefined ? [] : [root];
  for (const one of queue) {
    if (numbers.has(one) || one.child.kind === "leaf") continue;
    numbers.set(one, numbers.size);
    queue.push(one.child.pair.left, one.child.pair.right);
  }
  const childOf = ({ child }: Level, self: Level): TreeChild =>
    child.kind === "leaf"
      ? { kind: "leaf", id: child.leaf.id }
      : { kind: "branch", node: numbers.get(self) ?? 0 };
  return [...numbers].flatMap(([one, node]): TreeBranch[] =>
    one.child.kind === "leaf"
      ? []
      : [
          {
            node,
            left: childOf(one.child.pair.left, one.child.pair.left),
            right: childOf(one.child.pair.right, one.child.pair.right),
            policy: subtreePolicy(tree.threshold, one.leaves.size),
            commitment: one.commitment,
          },
        ],
  );
};

/** Names an authority's tree: equal exactly for equal leaves, threshold and epoch. */
export const treeCommitment = (tree: AuthorityTree): Hash =>
  hashValue("parley.tree/1", [
    tree.epoch,
    tree.threshold,
    activeLeaves(tree).length,
    treeBranches(tree)[0]?.commitment ?? null,
  ]);

/** One step of an inclusion proof: the sibling's commitment and the side it is on. */
export interface InclusionStep {
  readonly side: "left" | "right";
  readonly hash: Hash;
  readonly policy: TreePolicy;
}

const inclusionOf = (level: Level, id: number, tree: AuthorityTree): readonly InclusionStep[] | undefined => {
  if (level.child.kind === "leaf") return level.child.leaf.id === id ? [] : undefined;
  const { left, right } = level.child.pair;
  const policy = subtreePolicy(tree.threshold, level.leaves.size);
  const inLeft = inclusionOf(left, id, tree);
  if (inLeft !== undefined) return [...inLeft, { side: "right", hash: right.commitment, policy }];
  const inRight = inclusionOf(right, id, tree);
  return inRight && [...inRight, { side: "left", hash: left.commitment, policy }];
};

/** Shows that a leaf is in a tree; nothing for one that is not active. */
export const proveLeaf = (tree: AuthorityTree, id: number): readonly InclusionStep[] | undefined => {
  const root = rootLevel(tree);
  return root && inclusionOf(root, id, tree);
};

/** Checks an inclusion proof against what names the tree. */
export const verifyLeaf = (
  named: Hash,
  tree: Pick<AuthorityTree, "epoch" | "threshold"> & { readonly active: number },
  leaf: TreeLeaf,
  proof: readonly InclusionStep[],
): boolean => {
  const top = proof.reduce(
    (hash, { side, hash: sibling, policy }) =>
      side === "right"
        ? commit(tree.epoch, policy, hash, sibling)
        : commit(tree.epoch, policy, sibling, hash),
    leafCommitment(leaf),
  );
  return named === hashValue("parley.tree/1", [tree.epoch, tree.threshold, tree.active, top]);
};
