import type { Span } from "../../text/span.ts";
import type { Argument } from "../expression/node.ts";
import type { Name } from "../name.ts";

/** How an operation ended; only `Cancelled` takes no value. */
export interface Outcome {
  readonly kind: "Success" | "Failure" | "Timeout" | "Cancelled";
  readonly value?: Argument;
  readonly span: Span;
}

/** `resolve Print as Success(sheet)`: its owner says how an operation ended. */
export interface Resolve {
  readonly kind: "resolve";
  readonly operation: Name;
  readonly outcome: Outcome;
  readonly span: Span;
}
