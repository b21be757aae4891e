import type { LocalTypeR } from "./local-type-r.ts";
import type { ValType } from "./val-type.ts";

/** Why two local types cannot stand for the same role (spec/projection §5). */
export type MergeError =
  | { readonly kind: "EndMismatch"; readonly other: LocalTypeR }
  | { readonly kind: "PartnerMismatch"; readonly expected: string; readonly found: string }
  | { readonly kind: "DirectionMismatch" }
  | { readonly kind: "VariableMismatch"; readonly expected: string; readonly found: string }
  | { readonly kind: "SendBranchCountMismatch"; readonly left: number; readonly right: number }
  | { readonly kind: "SendLabelMismatch"; readonly left: string; readonly right: string }
  | { readonly kind: "IncompatibleContinuations"; readonly label: string }
  | {
      readonly kind: "PayloadAnnotationMismatch";
      readonly label: string;
      readonly left: ValType | null;
      readonly right: ValType | null;
    }
  | { readonly kind: "IncompatibleTypes" };

/** A merged type, or why there is none. */
export type Merged =
  | { readonly ok: true; readonly type: LocalTypeR }
  | { readonly ok: false; readonly error: MergeError };
