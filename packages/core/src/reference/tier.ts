import { declared } from "../constructs/declaration.ts";
import type { ProgressClause } from "../constructs/operation/node.ts";
import type { SourceFile } from "../constructs/protocol/node.ts";
import { isLifecycle, placesBinding } from "./authority.ts";
import { preorder } from "./participants.ts";
import type { Protocol, TreeDeed, TreeValue } from "./tree.ts";

export type AuthorityTier =
  | "session_typed_coordination"
  | "evidence_publication_semantic_objects"
  | "runtime_semantic_only";

/** How far the reference says a program can be carried (language.md §14). */
export interface Tier {
  readonly language: "session_projectable" | "protocol_machine_executable" | "proof_only";
  readonly session_projectable: boolean;
  readonly protocol_machine_executable: boolean;
  readonly theory_convertible: boolean;
  readonly authority: AuthorityTier;
}

const RANK: readonly AuthorityTier[] = [
  "session_typed_coordination",
  "evidence_publication_semantic_objects",
  "runtime_semantic_only",
];

const COORDINATION = "session_typed_coordination";
const EVIDENCE = "evidence_publication_semantic_objects";
const RUNTIME = "runtime_semantic_only";

const ofValue = (value: TreeValue): AuthorityTier => {
  if (value.kind === "transfer") return RUNTIME;
  return value.kind === "check" || value.kind === "observe" ? EVIDENCE : COORDINATION;
};

const ofDeed = ({ what }: TreeDeed): AuthorityTier =>
  what === "publish" || what === "publishAs" || what === "materialize" ? EVIDENCE : RUNTIME;

const contribution = (node: Protocol): AuthorityTier => {
  switch (node.kind) {
    case "parallel":
    case "case":
    case "timeout":
      return RUNTIME;
    case "let":
      return ofValue(node.value);
    case "deed":
      return ofDeed(node);
    case "choice":
      return node.branches.some((branch) => branch.evidence !== undefined) ? EVIDENCE : COORDINATION;
    case "send":
    case "broadcast":
    case "loop":
    case "rec":
    case "var":
    case "end":
      return COORDINATION;
  }
};

/** The highest tier any node asks for. */
const authority = (tree: Protocol): AuthorityTier => {
  const asked = new Set(preorder(tree).map(contribution));
  return RANK.findLast((tier) => asked.has(tier)) ?? COORDINATION;
};

/** More than the name of a contract. */
export const explicitProgress = (clause: ProgressClause | undefined): boolean =>
  clause !== undefined &&
  (clause.requires ?? clause.within ?? clause.onTimeout ?? clause.onStall) !== undefined;

/**
 * The tiers of a tree (language.md §14). A placed binding or a commitment has
 * no session type in the reference; a placed binding, or an operation without
 * explicit progress, nothing its machine could run. Parley runs them all.
 */
export const tier = (file: SourceFile, tree: Protocol, theoryConvertible: boolean): Tier => {
  const placed = placesBinding(tree);
  const commits = preorder(tree).some((node) => node.kind === "deed" && isLifecycle(node.what));
  const projectable = !placed && !commits;
  const executable = !placed && declared(file, "operation").every((op) => explicitProgress(op.progress));
  return {
    language: !executable
      ? "proof_only"
      : projectable
        ? "session_projectable"
        : "protocol_machine_executable",
    session_projectable: projectable,
    protocol_machine_executable: executable,
    theory_convertible: theoryConvertible,
    authority: authority(tree),
  };
};
