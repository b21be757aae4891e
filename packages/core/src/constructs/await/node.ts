import type { Span } from "../../text/span.ts";
import type { Name } from "../name.ts";

/** `await Print`: its owner waits until the work of a begun operation is done. */
export interface Await {
  readonly kind: "await";
  readonly operation: Name;
  readonly span: Span;
}
