import type { Span } from "../../text/span.ts";
import type { LocalProtocol } from "../call/node.ts";
import type { Declaration } from "../declaration.ts";
import type { Import } from "../import/node.ts";
import type { ModuleDecl } from "../module/node.ts";
import type { Name } from "../name.ts";
import type { RoleDecl } from "../roles/node.ts";
import type { Statement } from "../statement.ts";

/** `protocol Checkout requires Core uses Stock under Live = roles … statements … where …`. */
export interface ProtocolDecl {
  readonly kind: "protocol";
  readonly name: Name;
  /** Proof bundles. */
  readonly requires: readonly Name[];
  /** Effect interfaces. */
  readonly uses: readonly Name[];
  /** Execution profiles. */
  readonly under: readonly Name[];
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
  readonly imports: readonly Import[];
  /** In source order. */
  readonly declarations: readonly Declaration[];
  readonly protocol?: ProtocolDecl;
  readonly span: Span;
}
