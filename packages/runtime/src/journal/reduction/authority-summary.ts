import type { Hash } from "@parley/wire";
import { operationsOf } from "../commitment-tree/attested-operation.ts";
import { type AuthorityTree, activeLeaves, treeCommitment } from "../commitment-tree/authority-tree.ts";
import { reduceTree } from "../commitment-tree/reduce-tree.ts";
import { factsInOrder, type Journal } from "../journal.ts";
import type { WrongNamespace } from "./relational-state.ts";

/** What an authority's journal amounts to (spec/aura-state.md §6.1). */
export interface TreeStateSummary {
  readonly epoch: number;
  readonly commitment: Hash;
  readonly threshold: number;
  /** Devices that count; guardians are not devices. */
  readonly deviceCount: number;
  readonly tree: AuthorityTree;
  /** Operations upon one state that another was taken before, or that lead nowhere. */
  readonly passedOver: number;
}

/** Reduces an authority's journal, whatever order its facts arrived in. */
export const reduceAuthority = (
  journal: Journal,
):
  | { readonly ok: true; readonly state: TreeStateSummary }
  | { readonly ok: false; readonly error: WrongNamespace } => {
  const { namespace } = journal;
  if (namespace.kind !== "authority")
    return { ok: false, error: { code: "PAR7731", variant: "ContextAsAuthority", namespace } };
  const { tree, passedOver } = reduceTree(operationsOf(factsInOrder(journal)));
  return {
    ok: true,
    state: {
      epoch: tree.epoch,
      commitment: treeCommitment(tree),
      threshold: tree.threshold,
      deviceCount: activeLeaves(tree).filter(({ role }) => role === "Device").length,
      tree,
      passedOver: passedOver.length,
    },
  };
};
