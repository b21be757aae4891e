import type { Span } from "../../text/span.ts";
import type { Name } from "../name.ts";
import type { RoleRef } from "../roles/node.ts";

/** One argument, as written: a path, a string with its quotes, a number, or `Effect.operation(…)`. */
export interface Argument {
  readonly text: string;
  readonly span: Span;
}

/**
 * What stands right of `=` in a `let`, or between `case` and `of`
 * (spec/language.md §7). Only `check` and `observe` ask the world; `transfer`
 * makes a receipt that must be used exactly once.
 */
export type Expression =
  | { readonly kind: "path"; readonly text: string; readonly span: Span }
  | {
      readonly kind: "check" | "observe";
      readonly effect: Name;
      readonly operation: Name;
      readonly args: readonly Argument[];
      readonly span: Span;
    }
  | {
      readonly kind: "transfer";
      readonly subject: Name;
      readonly from: RoleRef;
      readonly to: RoleRef;
      readonly span: Span;
    }
  /** `Ok(x)`, `Err(x)`, `Just(x)`, `Nothing`. */
  | { readonly kind: "constructor"; readonly name: Name; readonly arg?: Argument; readonly span: Span }
  | { readonly kind: "call"; readonly name: Name; readonly args: readonly Argument[]; readonly span: Span };
