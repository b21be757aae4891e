/**
 * What one role of a bound protocol does: the local type of the field, with
 * parallel arms and a receiver per branch. Role names are final here
 * (`Workers[0]`). `reference/` renders it in the reference's forms.
 */
import type { Deed, EdgeAnnotation, PayloadType, ScopeOutcome } from "../kernel/node.ts";
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
  | { readonly kind: "par"; readonly arms: readonly LocalType[]; readonly next: LocalType }
  /** The role does something by itself; roles named in the deed are plain. */
  | {
      readonly kind: "perform";
      readonly deed: Deed;
      readonly edge: string;
      readonly span: Span;
      readonly next: LocalType;
    }
  /** A decision of this role that nobody is told of: the arms of a `case`. */
  | {
      readonly kind: "decide";
      readonly scope: string;
      readonly subject?: string;
      readonly span: Span;
      readonly branches: readonly { readonly outcome: string; readonly next: LocalType }[];
    }
  /**
   * A timeout scope. Its owner has `millis` and one exit per outcome, each
   * starting with the frames that tell the others. Anybody else has the one
   * exit `told`, which starts by receiving the outcome; a frame of the scope
   * that says anything but `done` takes it out of the body at once.
   */
  | {
      readonly kind: "scope";
      readonly scope: string;
      readonly owner: string;
      readonly millis?: number;
      readonly body: LocalType;
      readonly exits: readonly { readonly outcome: ScopeOutcome | "told"; readonly next: LocalType }[];
      readonly span: Span;
    };
