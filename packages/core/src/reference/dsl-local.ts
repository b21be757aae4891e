import { type ReferenceRole, sameRole } from "./role.ts";
import type { Condition } from "./tree.ts";

export interface DslBranch {
  readonly label: string;
  readonly next: DslLocal;
}

/**
 * A local type of the language's own projection (projection.md §7.3), not to
 * be confused with the strict one. `next` of a loop is Parley's: the reference
 * has lost what follows by then.
 */
export type DslLocal =
  | { readonly kind: "send"; readonly to: ReferenceRole; readonly message: string; readonly next: DslLocal }
  | {
      readonly kind: "receive";
      readonly from: ReferenceRole;
      readonly message: string;
      readonly next: DslLocal;
    }
  | { readonly kind: "select"; readonly to: ReferenceRole; readonly branches: readonly DslBranch[] }
  | { readonly kind: "branch"; readonly from: ReferenceRole; readonly branches: readonly DslBranch[] }
  | { readonly kind: "localChoice"; readonly branches: readonly DslBranch[] }
  | {
      readonly kind: "loop";
      readonly condition?: Condition;
      readonly body: DslLocal;
      readonly next: DslLocal;
    }
  /** `next` is Parley's here too. */
  | {
      readonly kind: "timeout";
      readonly millis: number;
      readonly body: DslLocal;
      readonly onTimeout: DslLocal;
      readonly onCancel?: DslLocal;
      readonly next: DslLocal;
    }
  | { readonly kind: "rec"; readonly label: string; readonly body: DslLocal }
  | { readonly kind: "var"; readonly label: string }
  | { readonly kind: "end" };

/** Why a role has no local type in the reference (projection.md §8.1). */
export interface ProjectionFailure {
  readonly kind: "failure";
  readonly error:
    | "DynamicRoleProjection"
    | "UnboundSymbolic"
    | "InconsistentParallel"
    | "MergeFailure"
    | "UnsupportedAuthorityConstruct";
  readonly message: string;
}

export const dslEnd: DslLocal = { kind: "end" };

/** Equality of loop conditions; custom ones never agree, not even with themselves. */
export const sameCondition = (a: Condition | undefined, b: Condition | undefined): boolean => {
  if (a === undefined || b === undefined) return a === b;
  if (a.kind === "count") return b.kind === "count" && a.count === b.count;
  if (a.kind === "decide") return b.kind === "decide" && sameRole(a.role, b.role);
  return false;
};

const sameBranches = (a: readonly DslBranch[], b: readonly DslBranch[]): boolean =>
  a.length === b.length &&
  a.every((x, i) => {
    const y = b[i];
    return y !== undefined && x.label === y.label && equalDsl(x.next, y.next);
  });

const sameTimeout = (a: DslLocal & { kind: "timeout" }, b: DslLocal & { kind: "timeout" }): boolean =>
  a.millis === b.millis &&
  equalDsl(a.body, b.body) &&
  equalDsl(a.onTimeout, b.onTimeout) &&
  (a.onCancel === undefined) === (b.onCancel === undefined) &&
  equalDsl(a.onCancel ?? dslEnd, b.onCancel ?? dslEnd) &&
  equalDsl(a.next, b.next);

/** The reference's equality: messages by name, branches in order, roles in full (projection.md §7.3). */
export const equalDsl = (a: DslLocal, b: DslLocal): boolean => {
  switch (a.kind) {
    case "send":
      return b.kind === "send" && sameRole(a.to, b.to) && a.message === b.message && equalDsl(a.next, b.next);
    case "receive":
      return (
        b.kind === "receive" &&
        sameRole(a.from, b.from) &&
        a.message === b.message &&
        equalDsl(a.next, b.next)
      );
    case "select":
      return b.kind === "select" && sameRole(a.to, b.to) && sameBranches(a.branches, b.branches);
    case "branch":
      return b.kind === "branch" && sameRole(a.from, b.from) && sameBranches(a.branches, b.branches);
    case "localChoice":
      return b.kind === "localChoice" && sameBranches(a.branches, b.branches);
    case "loop":
      return (
        b.kind === "loop" &&
        sameCondition(a.condition, b.condition) &&
        equalDsl(a.body, b.body) &&
        equalDsl(a.next, b.next)
      );
    case "timeout":
      return b.kind === "timeout" && sameTimeout(a, b);
    case "rec":
      return b.kind === "rec" && a.label === b.label && equalDsl(a.body, b.body);
    case "var":
      return b.kind === "var" && a.label === b.label;
    case "end":
      return b.kind === "end";
  }
};

/** `next` put at every end of `first`. */
export const thenDsl = (first: DslLocal, next: DslLocal): DslLocal => {
  if (next.kind === "end") return first;
  switch (first.kind) {
    case "send":
    case "receive":
    case "loop":
    case "timeout":
      return { ...first, next: thenDsl(first.next, next) };
    case "select":
    case "branch":
    case "localChoice":
      return {
        ...first,
        branches: first.branches.map(({ label, next: arm }) => ({ label, next: thenDsl(arm, next) })),
      };
    case "rec":
      return { ...first, body: thenDsl(first.body, next) };
    case "var":
      return first;
    case "end":
      return next;
  }
};
