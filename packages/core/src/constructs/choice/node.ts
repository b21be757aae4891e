import type { Span } from "../../text/span.ts";
import type { Name } from "../name.ts";
import type { RoleRef } from "../roles/node.ts";
import type { Statement } from "../statement.ts";

/**
 * What must hold for an arm to be offered: `when (stock > 0)` or
 * `when check Stock.has(item) yields w`. `normal` is the predicate with every
 * operand parenthesised, as the reference prints it.
 */
export type Guard =
  | { readonly kind: "predicate"; readonly text: string; readonly normal: string; readonly span: Span }
  | {
      readonly kind: "evidence";
      readonly effect: Name;
      readonly operation: Name;
      readonly args: readonly string[];
      readonly binding: Name;
      readonly span: Span;
    };

export interface ChoiceArm {
  readonly label: Name;
  readonly guard?: Guard;
  readonly body: readonly Statement[];
  readonly span: Span;
}

/** `choice Buyer at | Card => … | Cash => …`: the decider picks one arm. */
export interface Choice {
  readonly kind: "choice";
  readonly decider: RoleRef;
  readonly arms: readonly ChoiceArm[];
  readonly span: Span;
}
