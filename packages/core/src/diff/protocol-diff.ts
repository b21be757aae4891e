import type { Span } from "../text/span.ts";

/**
 * What may differ between two versions. `moved` is a message that is there in
 * both, elsewhere; `frame…` speaks of choices, loops, parallel parts and the
 * like; `head` of what the protocol says about itself before its body.
 */
export type ChangeKind =
  | "added"
  | "removed"
  | "moved"
  | "renamed"
  | "retyped"
  | "redirected"
  | "annotated"
  | "deedChanged"
  | "roleAdded"
  | "roleRemoved"
  | "roleResized"
  | "armAdded"
  | "armRemoved"
  | "armRenamed"
  | "armGuarded"
  | "frameAdded"
  | "frameRemoved"
  | "frameChanged"
  | "head";

/** A statement of one of the two versions. */
export interface ChangeRef {
  /** Edge id of a message, path of any other statement, name of a role. */
  readonly id: string;
  /** In that version's text; absent for what stands nowhere in particular. */
  readonly span?: Span;
}

/** One difference, with its place in both texts as far as there is one. */
export interface Change {
  readonly kind: ChangeKind;
  /** What differs, in words: `Buyer → Shop: Order`, `choice · Buyer decides`. */
  readonly what: string;
  /** The field that differs, for `annotated` and `head`: `flow_cost`, `requires`. */
  readonly field?: string;
  readonly before?: string;
  readonly after?: string;
  readonly old?: ChangeRef;
  readonly new?: ChangeRef;
  /** Whose part differs; families by their name. */
  readonly roles: readonly string[];
  /** How many messages stand inside, for arms and frames that came or went. */
  readonly messages?: number;
  /** One sentence for people. */
  readonly sentence: string;
}

/** One statement, in one version or in both; every statement of both stands in exactly one row. */
export interface AlignedRow {
  readonly old?: string;
  readonly new?: string;
  /** In both, but not at the same place. */
  readonly moved?: true;
}

/** How two versions of a protocol differ, in the order of reading. */
export interface ProtocolDiff {
  readonly changes: readonly Change[];
  readonly rows: readonly AlignedRow[];
  /** Roles with at least one change. */
  readonly roles: readonly string[];
}
