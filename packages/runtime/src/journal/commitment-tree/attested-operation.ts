import {
  encodeCanonical,
  type Fact,
  type FactContent,
  type Hash,
  hashValue,
  type TreeOp,
} from "@parley/wire";
import { type Applied, applyOperation, type TreeError } from "./apply-operation.ts";
import { type AuthorityTree, activeLeaves, treeCommitment } from "./authority-tree.ts";

/** An operation on a tree with the state it was made upon, the state it makes, and who attests it. */
export type AttestedOperation = Omit<Extract<FactContent, { readonly kind: "attested" }>, "kind">;

export type AttestationError =
  | TreeError
  | {
      readonly code: "PAR7764";
      readonly variant: "ParentMismatch";
      readonly expected: Hash;
      readonly actual: Hash;
    }
  | {
      readonly code: "PAR7765";
      readonly variant: "CommitmentMismatch";
      readonly expected: Hash;
      readonly actual: Hash;
    }
  | {
      readonly code: "PAR7766";
      readonly variant: "InsufficientSigners";
      readonly required: number;
      readonly provided: number;
    }
  | { readonly code: "PAR7767"; readonly variant: "SignatureFailed" };

/** What is signed of an operation: bound to the authority and to the state it is made upon. */
export const operationTranscript = (authority: string, op: TreeOp, parent: Hash, next: Hash): Uint8Array =>
  encodeCanonical({
    domain_separator: "parley.tree.operation",
    schema_version: 1,
    payload: { authority, op, parent, next },
  });

/** How many must attest an operation on a tree: its threshold, and one at least for the first leaf. */
export const requiredAttestation = (tree: AuthorityTree): number =>
  Math.max(1, Math.min(tree.threshold, activeLeaves(tree).length));

/** An operation made upon a tree, for signing; refused where it cannot be applied. */
export const proposeOperation = (
  tree: AuthorityTree,
  op: TreeOp,
):
  | { readonly ok: true; readonly parent: Hash; readonly next: Hash; readonly tree: AuthorityTree }
  | { readonly ok: false; readonly error: TreeError } => {
  const applied = applyOperation(tree, op);
  return applied.ok
    ? { ok: true, parent: treeCommitment(tree), next: treeCommitment(applied.tree), tree: applied.tree }
    : applied;
};

/**
 * Checks an attested operation against the tree it would change, in the order
 * parent, attestation, signature, effect; the tree after it when all holds.
 */
export const acceptOperation = (
  authority: string,
  tree: AuthorityTree,
  attested: AttestedOperation,
  verify: (transcript: Uint8Array, signature: string) => boolean,
):
  | { readonly ok: true; readonly tree: AuthorityTree }
  | { readonly ok: false; readonly error: AttestationError } => {
  const { op, parent, next, threshold, signature } = attested;
  const here = treeCommitment(tree);
  if (parent !== here)
    return {
      ok: false,
      error: { code: "PAR7764", variant: "ParentMismatch", expected: here, actual: parent },
    };
  const required = requiredAttestation(tree);
  if (threshold < required)
    return {
      ok: false,
      error: { code: "PAR7766", variant: "InsufficientSigners", required, provided: threshold },
    };
  if (!verify(operationTranscript(authority, op, parent, next), signature))
    return { ok: false, error: { code: "PAR7767", variant: "SignatureFailed" } };
  const applied: Applied = applyOperation(tree, op);
  if (!applied.ok) return applied;
  const made = treeCommitment(applied.tree);
  return made === next
    ? applied
    : { ok: false, error: { code: "PAR7765", variant: "CommitmentMismatch", expected: made, actual: next } };
};

/** Decides between operations made upon one state: the same for everybody, whoever saw which first. */
export const conflictHash = ({ op, parent }: Pick<AttestedOperation, "op" | "parent">): Hash =>
  hashValue("parley.tree.conflict/1", [parent, op]);

/** The attested operations among facts. */
export const operationsOf = (facts: readonly Fact[]): readonly AttestedOperation[] =>
  facts.flatMap(({ content }) => (content.kind === "attested" ? [content] : []));
