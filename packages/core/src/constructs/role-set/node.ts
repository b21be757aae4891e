import type { Span } from "../../text/span.ts";
import type { Name } from "../name.ts";

/** `role_set Crew = Captain, Mate`, or `role_set Half = subset(Crew, 0..1)` with the end excluded. */
export interface RoleSet {
  readonly kind: "roleSet";
  readonly name: Name;
  readonly members: readonly Name[];
  readonly subset?: { readonly of: Name; readonly start: number; readonly end: number };
  readonly span: Span;
}
