import type { Span } from "../../text/span.ts";
import type { Argument } from "../expression/node.ts";
import type { Name } from "../name.ts";
import type { ProgressClause } from "../operation/node.ts";

/** `begin Print(copy) progress Steady within short`: its owner starts an operation. */
export interface Begin {
  readonly kind: "begin";
  readonly operation: Name;
  readonly args: readonly Argument[];
  readonly progress?: ProgressClause;
  readonly span: Span;
}
