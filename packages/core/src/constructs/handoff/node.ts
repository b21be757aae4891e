import type { Span } from "../../text/span.ts";
import type { Name } from "../name.ts";
import type { RoleRef } from "../roles/node.ts";

/** `handoff sale to Buyer with receipt`: an operation goes to another role; the receipt is used up. */
export interface Handoff {
  readonly kind: "handoff";
  readonly operation: Name;
  readonly target: RoleRef;
  readonly receipt: Name;
  readonly span: Span;
}
