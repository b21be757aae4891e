import type { Span } from "../../text/span.ts";
import type { Name } from "../name.ts";
import type { RoleRef } from "../roles/node.ts";
import type { Statement } from "../statement.ts";
import type { TypeExpr } from "../type/node.ts";

/** `progress Steady requires Calm within short on timeout => retry1 on stall => alarm`. */
export interface ProgressClause {
  readonly contract: Name;
  readonly requires?: Name;
  readonly within?: Name;
  readonly onTimeout?: Name;
  readonly onStall?: Name;
  readonly span: Span;
}

/** How the outcomes of child effects add up. */
export type ComposePolicy =
  | { readonly kind: "all" | "first"; readonly span: Span }
  | { readonly kind: "threshold"; readonly successes: number; readonly span: Span };

/** `operation Approve(by : Nat) at Captain within Hold(ship) progress … agreement Council prestate p compose … = body`. */
export interface OperationDecl {
  readonly kind: "operation";
  readonly name: Name;
  readonly params: readonly { readonly name: Name; readonly type: TypeExpr }[];
  readonly owner: RoleRef;
  readonly within?: { readonly fragment: Name; readonly args: readonly Name[]; readonly span: Span };
  readonly progress?: ProgressClause;
  readonly agreement?: { readonly profile: Name; readonly prestate?: Name; readonly span: Span };
  readonly compose?: ComposePolicy;
  /** Read with the roles of the file's protocol. */
  readonly body: readonly Statement[];
  readonly bodySpan: Span;
  readonly span: Span;
}
