import type { Span } from "../../text/span.ts";
import type { Name } from "../name.ts";

/** `profile Live fairness strong admissibility open escalation_window short`. */
export interface ExecutionProfile {
  readonly kind: "profile";
  readonly name: Name;
  readonly fairness?: Name;
  readonly admissibility?: Name;
  readonly escalationWindow?: Name;
  readonly span: Span;
}
