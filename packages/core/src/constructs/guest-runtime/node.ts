import type { Span } from "../../text/span.ts";
import type { Name } from "../name.ts";

/** `guest runtime Desk = uses Stock, Log entry Main`; the last `uses` counts. */
export interface GuestRuntime {
  readonly kind: "guestRuntime";
  readonly name: Name;
  readonly uses: readonly Name[];
  readonly entry?: Name;
  readonly span: Span;
}
