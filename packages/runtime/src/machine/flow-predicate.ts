/**
 * Who may be told a fact, as plain data (spec/machine.md §18). A condition on
 * the target role's name or category, on the fact, or on both roles; `all` of
 * nothing holds, `any` of nothing does not.
 */
export type FlowPredicate =
  | { readonly kind: "targetRolePrefix"; readonly prefix: string }
  /** The role's name without a member index or a trailing number. */
  | { readonly kind: "targetCategory"; readonly category: string }
  | { readonly kind: "factContains"; readonly text: string }
  | { readonly kind: "endpointRoleMatchesTarget" }
  | { readonly kind: "all" | "any"; readonly of: readonly FlowPredicate[] };

/** A fact about a role, and the role that is to hear it. */
export interface Flow {
  readonly fact: string;
  /** The role the fact is about. */
  readonly role: string;
  readonly target: string;
}

/** `Witness[3]` and `Witness3` are of the category `Witness`. */
export const categoryOf = (role: string): string => role.replace(/(\[\d+\]|\d+)$/, "");

/** Whether a flow satisfies a predicate. */
export const flowHolds = (predicate: FlowPredicate, flow: Flow): boolean => {
  switch (predicate.kind) {
    case "targetRolePrefix":
      return flow.target.startsWith(predicate.prefix);
    case "targetCategory":
      return categoryOf(flow.target) === predicate.category;
    case "factContains":
      return flow.fact.includes(predicate.text);
    case "endpointRoleMatchesTarget":
      return flow.role === flow.target;
    case "all":
      return predicate.of.every((part) => flowHolds(part, flow));
    case "any":
      return predicate.of.some((part) => flowHolds(part, flow));
  }
};
