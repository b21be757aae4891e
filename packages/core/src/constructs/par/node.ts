import type { Span } from "../../text/span.ts";
import type { Statement } from "../statement.ts";

export interface ParArm {
  readonly body: readonly Statement[];
  readonly span: Span;
}

/** `par | … | …`: arms that run independently and join before what follows. */
export interface Par {
  readonly kind: "par";
  readonly arms: readonly ParArm[];
  readonly span: Span;
}
