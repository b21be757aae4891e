import type { Span } from "../../text/span.ts";
import type { Name } from "../name.ts";
import type { RoleRef } from "../roles/node.ts";
import type { Statement } from "../statement.ts";

/** Who or what ends a loop. `repeat` with a name is a number bound when a session opens. */
export type LoopControl =
  | { readonly kind: "decide"; readonly by: RoleRef }
  | { readonly kind: "repeat"; readonly count: number | Name }
  | { readonly kind: "while"; readonly text: string; readonly span: Span }
  | { readonly kind: "forever" };

/** `loop decide by A`, `loop repeat 3`, `loop while "p"`, `loop forever`. */
export interface Loop {
  readonly kind: "loop";
  readonly control: LoopControl;
  readonly body: readonly Statement[];
  readonly span: Span;
}
