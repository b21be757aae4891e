import type { Span } from "../../text/span.ts";
import type { Name } from "../name.ts";

/** `cluster North = Captain, Mate`, `ring …`, `mesh …`; members are roles or role sets. */
export interface TopologyDecl {
  readonly kind: "topology";
  readonly shape: "cluster" | "ring" | "mesh";
  readonly name: Name;
  readonly members: readonly Name[];
  readonly span: Span;
}
