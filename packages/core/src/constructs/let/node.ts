import type { Span } from "../../text/span.ts";
import type { Expression } from "../expression/node.ts";
import type { Name } from "../name.ts";
import type { RoleRef } from "../roles/node.ts";
import type { Statement } from "../statement.ts";

/**
 * `let x = e`, `authoritative let x at R = check E.op(a)`, `observe let x =
 * observe E.op(a)`, each with an optional `in` block. It is linear when the
 * expression is a `transfer`.
 */
export interface Let {
  readonly kind: "let";
  readonly mode: "plain" | "authoritative" | "observe";
  readonly name: Name;
  /** `at R`: who does it. */
  readonly at?: RoleRef;
  readonly value: Expression;
  /** The `in` block, when one was written. */
  readonly body?: readonly Statement[];
  readonly span: Span;
}
