import type { Span } from "../../text/span.ts";
import type { Argument } from "../expression/node.ts";
import type { Name } from "../name.ts";

/** `publish Edition(front)`: an event with at most one value. */
export interface Publish {
  readonly kind: "publish";
  readonly event: Name;
  readonly arg?: Argument;
  readonly span: Span;
}

/** `publish witness as FrontPage`: a witness becomes a named publication. */
export interface PublishAs {
  readonly kind: "publishAs";
  readonly witness: Name;
  readonly publication: Name;
  readonly span: Span;
}
