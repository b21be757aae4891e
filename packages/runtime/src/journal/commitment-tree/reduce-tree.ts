import type { Hash } from "@parley/wire";
import { applyOperation } from "./apply-operation.ts";
import { type AttestedOperation, conflictHash } from "./attested-operation.ts";
import { type AuthorityTree, emptyAuthorityTree, treeCommitment } from "./authority-tree.ts";

/** A tree, and the operations that lost against another upon the same state or lead nowhere. */
export interface ReducedTree {
  readonly tree: AuthorityTree;
  readonly applied: readonly AttestedOperation[];
  readonly passedOver: readonly AttestedOperation[];
}

/**
 * The tree that a set of attested operations amounts to, whatever order they
 * arrived in (spec/aura-state.md §20.5): from the empty tree on, of those made
 * upon the present state the one with the greatest conflict hash is taken.
 */
export const reduceTree = (operations: readonly AttestedOperation[]): ReducedTree => {
  const upon = new Map<Hash, AttestedOperation[]>();
  for (const operation of operations) {
    const siblings = upon.get(operation.parent);
    if (siblings === undefined) upon.set(operation.parent, [operation]);
    else siblings.push(operation);
  }
  let tree = emptyAuthorityTree;
  const taken: AttestedOperation[] = [];
  for (let here = treeCommitment(tree); ; here = treeCommitment(tree)) {
    const best = (upon.get(here) ?? [])
      .map((operation) => ({
        operation,
        hash: conflictHash(operation),
        step: applyOperation(tree, operation.op),
      }))
      .filter(({ operation, step }) => step.ok && treeCommitment(step.tree) === operation.next)
      .sort((a, b) => (a.hash < b.hash ? 1 : -1))[0];
    upon.delete(here);
    if (best?.step.ok !== true) break;
    tree = best.step.tree;
    taken.push(best.operation);
  }
  const hashes = new Set(taken.map(conflictHash));
  return {
    tree,
    applied: taken,
    passedOver: operations.filter((operation) => !hashes.has(conflictHash(operation))),
  };
};
