import type { Span } from "../../text/span.ts";
import type { Name } from "../name.ts";

/** How many members a family has: `W[3]`, `W[N]` (bound when a session opens), `W[*]` (likewise, unnamed). */
export type RoleParam =
  | { readonly kind: "static"; readonly count: number; readonly span: Span }
  | { readonly kind: "symbolic"; readonly name: string; readonly span: Span }
  | { readonly kind: "runtime"; readonly span: Span };

/** One role of the `roles` line or of the protocol header; a family when it has a `param`. */
export interface RoleDecl {
  readonly kind: "roleDecl";
  readonly name: Name;
  readonly param?: RoleParam;
  readonly span: Span;
}

/** An end of a range: a number or a name bound when a session opens. */
export type RangeEnd = number | string;

/** Which members a reference means: `W[0]`, `W[i]`, `W[*]`, `W[0..3]` (end exclusive). */
export type RoleIndex =
  | { readonly kind: "at"; readonly index: number }
  | { readonly kind: "symbolic"; readonly name: string }
  | { readonly kind: "all" }
  | { readonly kind: "range"; readonly start: RangeEnd; readonly end: RangeEnd };

/** A mention of a role in a statement. */
export interface RoleRef {
  readonly kind: "roleRef";
  readonly name: Name;
  readonly index?: RoleIndex;
  readonly span: Span;
}
