/**
 * What one role of a bound protocol does: the local type of the field, with
 * parallel arms and a receiver per branch. Role names are final here
 * (`Workers[0]`). `reference/` renders it in the reference's forms.
 */
import type { EdgeAnnotation, PayloadType } from "../kernel/node.ts";
import type { Span } from "../text/span.ts";

export interface LocalBranch {
  /** The other end: the receiver in a send, the sender in a receive. */
  readonly peer: string;
  readonly label: string;
  /** The decision's own name where it differs from the label. */
  readonly arm?: string;
  readonly guard?: string;
  readonly payload: PayloadType;
  readonly annotations: readonly EdgeAnnotation[];
  /** Frames of hidden decisions; see `Comm.control`. */
  readonly control?: string;
  readonly edge: string;
  readonly span: Span;
  readonly next: LocalType;
}

export type LocalType =
  | { readonly kind: "end" }
  | { readonly kind: "var"; readonly name: string }
  | { readonly kind: "mu"; readonly var: string; readonly body: LocalType }
  /** Internal choice; branches may go to different peers. */
  | { readonly kind: "send"; readonly branches: readonly LocalBranch[] }
  /** External choice; all branches come from `from`. */
  | { readonly kind: "recv"; readonly from: string; readonly branches: readonly LocalBranch[] }
  /** One child per arm; `next` runs once all have ended. */
  | { readonly kind: "par"; readonly arms: readonly LocalType[]; readonly next: LocalType };
