import type { Span } from "../../text/span.ts";
import type { Name } from "../name.ts";

/** `invalidate Print`: its owner withdraws a begun operation. */
export interface Invalidate {
  readonly kind: "invalidate";
  readonly operation: Name;
  readonly span: Span;
}
