import { alphaEqualLocal } from "./equal.ts";
import { sameLabel } from "./label.ts";
import type { LocalTypeR } from "./local-type-r.ts";
import { decompose, type PhaseTree, SISO_UNFOLD_LIMIT } from "./siso.ts";

/** Why one type is not known to be an asynchronous subtype of another (spec/projection §12.2). */
export type AsyncSubtypeError =
  | { readonly kind: "PhaseMismatch"; readonly sub: number; readonly sup: number }
  | { readonly kind: "InputTreeMismatch" }
  | { readonly kind: "OutputTreeMismatch" }
  | { readonly kind: "UnfoldLimitExceeded" };

const compatible = (a: PhaseTree | undefined, b: PhaseTree | undefined): boolean => {
  if (a === undefined || b === undefined) return a === b;
  return (
    a.partner === b.partner &&
    a.branches.length === b.branches.length &&
    a.branches.every((x) => b.branches.some((y) => sameLabel(x.label, y.label) && compatible(x.next, y.next)))
  );
};

/**
 * Nothing when the phases of `sub` match those of `sup`. A type is a subtype
 * of itself, loops included, which the reference cannot say (deviation
 * `async-subtype-not-reflexive`); no reordering is accepted.
 */
export const asyncSubtype = (
  sub: LocalTypeR,
  sup: LocalTypeR,
  limit = SISO_UNFOLD_LIMIT,
): AsyncSubtypeError | undefined => {
  if (alphaEqualLocal(sub, sup)) return undefined;
  const left = decompose(sub, limit);
  const right = left && decompose(sup, limit);
  if (left === undefined || right === undefined) return { kind: "UnfoldLimitExceeded" };
  if (left.length !== right.length) return { kind: "PhaseMismatch", sub: left.length, sup: right.length };
  for (const [i, a] of left.entries()) {
    if (!compatible(a.input, right[i]?.input)) return { kind: "InputTreeMismatch" };
    if (!compatible(a.output, right[i]?.output)) return { kind: "OutputTreeMismatch" };
  }
  return undefined;
};

/** The search gave up; every other error refutes. */
export const isInconclusive = (error: AsyncSubtypeError): boolean => error.kind === "UnfoldLimitExceeded";
