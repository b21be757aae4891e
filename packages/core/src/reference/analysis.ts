import { type ChoiceKnowledge, choiceKnowledge } from "./choice-analysis.ts";
import { preorder, talkers } from "./participants.ts";
import { type ReferenceRole, roleText, sameRole } from "./role.ts";
import { children, type Protocol, type TreeChoice } from "./tree.ts";

/** The static analysis of a tree (projection.md §18.1). */
export interface Analysis {
  /**
   * True when every role projects: the messages of a projectable choreography
   * are ordered, so nobody waits in a circle. The reference says false for any
   * request and its reply.
   */
  readonly deadlock_free: boolean;
  readonly has_progress: boolean;
  readonly warnings: readonly string[];
  readonly choices: readonly ChoiceKnowledge[];
}

const communicates = (node: Protocol): boolean =>
  preorder(node).some((at) => at.kind === "send" || at.kind === "broadcast");

const progresses = (node: Protocol): boolean => {
  switch (node.kind) {
    case "loop":
      return communicates(node.body) && progresses(node.next);
    case "rec":
      return communicates(node.body);
    case "send":
    case "broadcast":
    case "choice":
    case "let":
    case "deed":
    case "case":
    case "timeout":
    case "parallel":
    case "var":
    case "end":
      return children(node).every(progresses);
  }
};

const asymmetric = (choice: TreeChoice): boolean => {
  const firsts = choice.branches.flatMap(({ body }) => (body.kind === "send" ? [body.to] : []));
  return firsts.some((to) => firsts[0] !== undefined && !sameRole(to, firsts[0]));
};

/** `deadlockFree` is decided by projection, not by the tree alone. */
export const analysis = (
  tree: Protocol,
  roles: readonly ReferenceRole[],
  deadlockFree: boolean,
): Analysis => {
  const nodes = preorder(tree);
  // Compared in full: a mention `W[0]` is no act of the declared `W[3]`.
  const active = nodes.flatMap(talkers);
  const uneven = nodes.filter((node) => node.kind === "choice").filter(asymmetric);
  const unused = roles.filter((role) => !active.some((acting) => sameRole(acting, role)));
  return {
    deadlock_free: deadlockFree,
    has_progress: progresses(tree),
    warnings: [
      ...uneven.map((choice) => `AsymmetricChoice(${roleText(choice.decider)})`),
      ...unused.map((role) => `UnusedRole(${roleText(role)})`),
    ],
    choices: choiceKnowledge(tree),
  };
};
