import type { Span } from "../../text/span.ts";
import type { Name } from "../name.ts";

/** `fragment Hold(ship, hold)`: a named unit of ownership. */
export interface Fragment {
  readonly kind: "fragment";
  readonly name: Name;
  readonly params: readonly Name[];
  readonly span: Span;
}
