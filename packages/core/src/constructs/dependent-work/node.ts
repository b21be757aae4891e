import type { Span } from "../../text/span.ts";
import type { Argument } from "../expression/node.ts";
import type { Name } from "../name.ts";

/** `dependent work Binding(sheets) required for delivery`: work an operation waits for. */
export interface DependentWork {
  readonly kind: "dependentWork";
  readonly name: Name;
  readonly arg?: Argument;
  readonly requiredFor: Name;
  readonly span: Span;
}
