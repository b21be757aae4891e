import type { Span } from "../../text/span.ts";
import type { Name } from "../name.ts";
import type { Statement } from "../statement.ts";

/** `rec Lap …`: a named point to return to. */
export interface Rec {
  readonly kind: "rec";
  readonly label: Name;
  readonly body: readonly Statement[];
  readonly span: Span;
}

/** `continue Lap`: back to the enclosing `rec` of that name. */
export interface Continue {
  readonly kind: "continue";
  readonly label: Name;
  readonly span: Span;
}
