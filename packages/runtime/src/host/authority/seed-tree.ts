import { bytesToHex } from "@noble/hashes/utils.js";
import type { AuthorityInput, Fact, FactContent, PublicKey, TreeOp } from "@parley/wire";
import { type KeyPort, keyName } from "../../identity/key-port.ts";
import {
  operationsOf,
  operationTranscript,
  proposeOperation,
  requiredAttestation,
} from "../../journal/commitment-tree/attested-operation.ts";
import {
  type AuthorityTree,
  activeLeaves,
  emptyAuthorityTree,
} from "../../journal/commitment-tree/authority-tree.ts";
import { reduceTree } from "../../journal/commitment-tree/reduce-tree.ts";
import { contentOrder } from "../../journal/fact-id.ts";
import { factsInOrder } from "../../journal/journal.ts";
import type { AuthorityState } from "../streams/authority-state.ts";

/** The commitment tree that an authority's journal reduces to. */
export const treeOfAuthority = (state: AuthorityState | undefined): AuthorityTree =>
  state === undefined ? emptyAuthorityTree : reduceTree(operationsOf(factsInOrder(state.journal))).tree;

/** The fact of one operation on a tree, attested by the authority's root key. */
const attested = (keys: KeyPort, authority: string, tree: AuthorityTree, op: TreeOp) => {
  const proposed = proposeOperation(tree, op);
  if (!proposed.ok) return undefined;
  const { parent, next } = proposed;
  const transcript = operationTranscript(authority, op, parent, next);
  const content: FactContent = {
    kind: "attested",
    op,
    parent,
    next,
    threshold: requiredAttestation(tree),
    signature: bytesToHex(keys.sign(keyName("root", authority), transcript)),
  };
  const order = contentOrder(content);
  const fact: Fact = { order, time: { kind: "order", bytes: order }, by: authority, content };
  return { fact, tree: proposed.tree };
};

/**
 * Leaves for the devices whose keys the tree has not, none any more for keys
 * that are no device's, and after a rotation a new epoch for all of them. Each
 * operation is attested by as many as the tree asks for when it is made.
 */
export const treeInputs = (
  keys: KeyPort,
  authority: string,
  state: AuthorityState | undefined,
  deviceKeys: readonly PublicKey[],
  rotated = false,
): readonly AuthorityInput[] => {
  let tree = treeOfAuthority(state);
  const leaves = activeLeaves(tree);
  const missing = deviceKeys.filter((key) => !leaves.some(({ publicKey }) => publicKey === key));
  const stale = leaves.filter(({ role, publicKey }) => role === "Device" && !deviceKeys.includes(publicKey));
  const operations: readonly TreeOp[] = [
    ...missing.map((publicKey): TreeOp => ({ kind: "addLeaf", publicKey, role: "Device" })),
    ...stale.map(({ id }): TreeOp => ({ kind: "removeLeaf", leaf: id })),
    ...(rotated ? [{ kind: "rotateEpoch" } as const] : []),
  ];
  const facts: Fact[] = [];
  for (const op of operations) {
    const made = attested(keys, authority, tree, op);
    if (made === undefined) continue;
    facts.push(made.fact);
    tree = made.tree;
  }
  return facts.length === 0 ? [] : [{ kind: "authority.facts", facts }];
};
