import type { SequenceModel } from "@parley/core/diagram";
import type { Change, Compat, ProtocolDiff } from "@parley/core/diff";

/** A text with the modules it imports. */
export interface ComparedText {
  readonly source: string;
  readonly imports: readonly { readonly module: string; readonly source: string }[];
}

/** Asks the worker about two texts. */
export interface CompareRequest {
  readonly key: number;
  readonly old: ComparedText;
  readonly new: ComparedText;
}

/** One version, drawn from its tree even while it has errors. */
export interface ComparedSide {
  readonly sequence: SequenceModel;
  readonly errors: number;
  /** Families and names that are bound when a session opens. */
  readonly families: readonly string[];
  readonly names: readonly string[];
  /** Frame of each arm, by the arm's id. */
  readonly frameOf: Readonly<Record<string, string>>;
}

/** The differences come first; the verdicts may take a while longer. */
export type CompareAnswer =
  | {
      readonly kind: "differences";
      readonly key: number;
      readonly old: ComparedSide;
      readonly new: ComparedSide;
      readonly diff: ProtocolDiff;
    }
  | { readonly kind: "verdicts"; readonly key: number; readonly compat: Compat };

export type Age = "old" | "new";

/** What is selected: one statement, in one version or in both. */
export interface Chosen {
  readonly old?: string | undefined;
  readonly new?: string | undefined;
}

/** The place of a change as a selection. */
export const chosenOf = (change: Change): Chosen => ({ old: change.old?.id, new: change.new?.id });

/** The statement and its counterpart, from either of the two. */
export const counterpart = (diff: ProtocolDiff, side: Age, id: string): Chosen => {
  const plain = id.replace(/#\d+$/, "");
  const row = diff.rows.find((one) => one[side] === id) ?? diff.rows.find((one) => one[side] === plain);
  return row === undefined ? { [side]: id } : { old: row.old, new: row.new };
};
