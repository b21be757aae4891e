import type { Span } from "../../text/span.ts";
import type { Expression } from "../expression/node.ts";
import type { Name } from "../name.ts";
import type { Statement } from "../statement.ts";

/** `| Ok(value) => …`: a constructor with the names its parts are bound to. */
export interface CaseArm {
  readonly constructor: Name;
  readonly binders: readonly Name[];
  readonly body: readonly Statement[];
  readonly span: Span;
}

/** `case check E.op(a) of | Ok(x) => … | Err(y) => …`: whoever performs the check decides (model §3). */
export interface Case {
  readonly kind: "case";
  readonly subject: Expression;
  readonly arms: readonly CaseArm[];
  readonly span: Span;
}
