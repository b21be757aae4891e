import { preorder } from "./participants.ts";
import type { Protocol } from "./tree.ts";

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

const contribution = (node: Protocol): AuthorityTier => {
  switch (node.kind) {
    case "parallel":
      return "runtime_semantic_only";
    case "choice":
      return node.branches.some((branch) => branch.evidence !== undefined)
        ? "evidence_publication_semantic_objects"
        : "session_typed_coordination";
    case "send":
    case "broadcast":
    case "loop":
    case "rec":
    case "var":
    case "end":
      return "session_typed_coordination";
  }
};

/** The highest tier any node asks for. */
const authority = (tree: Protocol): AuthorityTier => {
  const asked = new Set(preorder(tree).map(contribution));
  return RANK.findLast((tier) => asked.has(tier)) ?? "session_typed_coordination";
};

/**
 * The tiers of a tree. No construct read so far keeps a program from being
 * session projectable or executable; those that will (placed bindings,
 * commitment lifecycle, operations without progress) join here.
 */
export const tier = (tree: Protocol, theoryConvertible: boolean): Tier => ({
  language: "session_projectable",
  session_projectable: true,
  protocol_machine_executable: true,
  theory_convertible: theoryConvertible,
  authority: authority(tree),
});
