import type { Span } from "../../text/span.ts";
import type { LocalProtocol } from "../call/node.ts";
import type { ModuleDecl } from "../module/node.ts";
import type { Name } from "../name.ts";
import type { ProofBundle } from "../proof-bundle/node.ts";
import type { RoleDecl } from "../roles/node.ts";
import type { Statement } from "../statement.ts";

/** `protocol Checkout requires Core = roles … statements … where …`. */
export interface ProtocolDecl {
  readonly kind: "protocol";
  readonly name: Name;
  readonly requires: readonly Name[];
  /** Header roles or the `roles` line, whichever was written. */
  readonly roles: readonly RoleDecl[];
  readonly rolesFrom: "header" | "line" | "none";
  readonly body: readonly Statement[];
  readonly locals: readonly LocalProtocol[];
  readonly span: Span;
}

/** One `.tell` file. `protocol` is missing only when the text has none that could be read. */
export interface SourceFile {
  readonly kind: "file";
  readonly module?: ModuleDecl;
  readonly bundles: readonly ProofBundle[];
  readonly protocol?: ProtocolDecl;
  readonly span: Span;
}
