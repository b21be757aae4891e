import type { Span } from "../../text/span.ts";
import type { Name } from "../name.ts";

/** `proof_bundle Core version "1" issuer "…" constraint "…" requires [a, b]`. */
export interface ProofBundle {
  readonly kind: "proofBundle";
  readonly name: Name;
  readonly version?: string;
  readonly issuer?: string;
  readonly constraints: readonly string[];
  readonly capabilities: readonly Name[];
  readonly span: Span;
}
