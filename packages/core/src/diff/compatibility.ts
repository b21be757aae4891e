import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import type { Counterexample } from "../explore/exploration.ts";
import type { Bindings } from "../kernel/bound.ts";
import type { SubtypeVerdict } from "../theory/subtype-verdict.ts";

/** `undecided`: neither a proof nor a run that breaks was found within the bounds. */
export type CompatVerdict = "compatible" | "breaking" | "undecided";

/** A run in which a peer of one version fails among peers of the other. */
export interface BreakingRun extends Counterexample {
  /** The member that keeps to the other version: `Buyer`, `Workers[0]`. */
  readonly peer: string;
  /** The numbers it was found with. */
  readonly bindings: Bindings;
  /** The same in words; empty when nothing is bound at open. */
  readonly sizes: string;
  /** How many of its steps the version of everybody else can take by itself: a session of that version gets so far. */
  readonly replayable: number;
}

/** Whether a peer of one version may stand among peers of the other. */
export interface PeerVerdict {
  readonly verdict: CompatVerdict;
  /** `subtyping`: its type may replace the other; `exploration`: every run was tried. */
  readonly by: "subtyping" | "exploration";
  /** One sentence. */
  readonly why: string;
  readonly subtype: SubtypeVerdict;
  /** Of a breaking verdict, when a run was found: a shortest one. */
  readonly run?: BreakingRun;
}

/** One role that is in both versions; a family stands for all of its members. */
export interface RoleCompat {
  readonly role: string;
  /** An old peer among new ones: what the verdict of the whole is made of. */
  readonly oldAmongNew: PeerVerdict;
  /** A new peer among old ones. */
  readonly newAmongOld: PeerVerdict;
}

/** Whether old peers still understand new ones. */
export interface CompatReport {
  readonly verdict: CompatVerdict;
  /** Roles of both versions, in the new version's order. */
  readonly roles: readonly RoleCompat[];
  /** Roles of one version only; they are reported and judged by nobody. */
  readonly added: readonly string[];
  readonly removed: readonly string[];
}

/** A comparison, or why one of the versions cannot be compared. */
export type Compat =
  | { readonly ok: true; readonly report: CompatReport }
  | {
      readonly ok: false;
      readonly side: "old" | "new";
      readonly diagnostics: readonly Diagnostic[];
      readonly why: string;
    };
