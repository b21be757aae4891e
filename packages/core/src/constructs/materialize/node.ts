import type { Span } from "../../text/span.ts";
import type { Name } from "../name.ts";

/** `materialize proof from FrontPage`: a proof is read off a publication. */
export interface Materialize {
  readonly kind: "materialize";
  readonly proof: Name;
  readonly publication: Name;
  readonly span: Span;
}
