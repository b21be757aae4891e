import type { Span } from "../../text/span.ts";
import type { Name } from "../name.ts";

/** `import harbour as H exposing (Pier)`; `exposing` is absent when the clause is, and means nothing then. */
export interface Import {
  readonly kind: "import";
  readonly module: Name;
  readonly alias?: Name;
  readonly exposing?: readonly Name[];
  readonly span: Span;
}
