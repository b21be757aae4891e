import type { Span } from "../../text/span.ts";
import type { Name } from "../name.ts";

/** `module shop exposing (Checkout)`: the namespace of a file. The exposed list is kept as written. */
export interface ModuleDecl {
  readonly kind: "module";
  readonly name: Name;
  readonly exposing: string;
  /** The names in the list, `..` for everything the file declares; what is no name is left out. */
  readonly names?: readonly Name[];
  readonly span: Span;
}
