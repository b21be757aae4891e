import { alphaEqualLocal } from "./equal.ts";
import { byLabel } from "./label.ts";
import type { LocalBranchR, LocalCommR, LocalTypeR } from "./local-type-r.ts";
import type { Merged, MergeError } from "./merge-error.ts";
import { sameSort } from "./payload-sort.ts";
import { freeVars } from "./structure.ts";
import { substitute } from "./substitute.ts";
import { sameValType } from "./val-type.ts";

const fail = (error: MergeError): Merged => ({ ok: false, error });

/** One label offered by both sides: the continuations must merge, the payloads must agree. */
const mergeBranch = (
  left: LocalBranchR,
  right: LocalBranchR,
  sortFirst: boolean,
):
  | { readonly ok: true; readonly branch: LocalBranchR }
  | { readonly ok: false; readonly error: MergeError } => {
  const label = left.label.name;
  const next = merge(left.next, right.next);
  const sorts = sameSort(left.label.sort, right.label.sort);
  if ((sortFirst && !sorts) || !next.ok || !sorts) {
    return { ok: false, error: { kind: "IncompatibleContinuations", label } };
  }
  if (!sameValType(left.payload, right.payload)) {
    const error: MergeError = {
      kind: "PayloadAnnotationMismatch",
      label,
      left: left.payload,
      right: right.payload,
    };
    return { ok: false, error };
  }
  return { ok: true, branch: { ...left, next: next.type } };
};

const mergeSends = (a: LocalCommR, b: LocalCommR): Merged => {
  if (a.branches.length !== b.branches.length) {
    return fail({ kind: "SendBranchCountMismatch", left: a.branches.length, right: b.branches.length });
  }
  const right = byLabel(b.branches);
  const branches: LocalBranchR[] = [];
  for (const [i, left] of byLabel(a.branches).entries()) {
    const other = right[i];
    if (other === undefined) break;
    if (left.label.name !== other.label.name) {
      return fail({ kind: "SendLabelMismatch", left: left.label.name, right: other.label.name });
    }
    const one = mergeBranch(left, other, true);
    if (!one.ok) return one;
    branches.push(one.branch);
  }
  return { ok: true, type: { kind: "send", partner: a.partner, branches } };
};

const mergeRecvs = (a: LocalCommR, b: LocalCommR): Merged => {
  const union = new Map(a.branches.map((branch) => [branch.label.name, branch]));
  for (const right of b.branches) {
    const left = union.get(right.label.name);
    if (left === undefined) {
      union.set(right.label.name, right);
      continue;
    }
    const one = mergeBranch(left, right, false);
    if (!one.ok) return one;
    union.set(right.label.name, one.branch);
  }
  return { ok: true, type: { kind: "recv", partner: a.partner, branches: byLabel([...union.values()]) } };
};

const mergeLoops = (a: LocalTypeR & { kind: "mu" }, b: LocalTypeR & { kind: "mu" }): Merged => {
  // Binder names do not matter: the right body takes the left one's name, and
  // where that name is already free on the right both take one that is free nowhere.
  let name = a.var;
  while (name !== b.var && freeVars(b).includes(name)) name = `${name}_`;
  while (name !== a.var && freeVars(a).includes(name)) name = `${name}_`;
  const variable: LocalTypeR = { kind: "var", name };
  const body = merge(substitute(a.body, a.var, variable), substitute(b.body, b.var, variable));
  return body.ok ? { ok: true, type: { kind: "mu", var: name, body: body.type } } : body;
};

/**
 * The strict merge: what a role does that cannot tell `a` from `b`. Sends need
 * the same labels, receives are united at any depth, equal types stay as they
 * are, otherwise branches come out in order of label (spec/projection §5).
 * Loops are compared up to the name of their variable, which the reference
 * does not do (deviation `merge-needs-equal-binder-names`).
 */
export const merge = (a: LocalTypeR, b: LocalTypeR): Merged => {
  if (alphaEqualLocal(a, b)) return { ok: true, type: a };
  if (a.kind === "end") return fail({ kind: "EndMismatch", other: b });
  if (b.kind === "end") return fail({ kind: "EndMismatch", other: a });
  if (a.kind === "mu" && b.kind === "mu") return mergeLoops(a, b);
  if (a.kind === "var" && b.kind === "var") {
    return fail({ kind: "VariableMismatch", expected: a.name, found: b.name });
  }
  const talks = (t: LocalTypeR): t is LocalCommR => t.kind === "send" || t.kind === "recv";
  if (!talks(a) || !talks(b)) return fail({ kind: "IncompatibleTypes" });
  if (a.kind !== b.kind) return fail({ kind: "DirectionMismatch" });
  if (a.partner !== b.partner) {
    return fail({ kind: "PartnerMismatch", expected: a.partner, found: b.partner });
  }
  return a.kind === "send" ? mergeSends(a, b) : mergeRecvs(a, b);
};

/** Left fold of `merge`; nothing to merge is an error, as in the reference. */
export const mergeAll = (types: readonly LocalTypeR[]): Merged => {
  const [first, ...rest] = types;
  if (first === undefined) return fail({ kind: "IncompatibleTypes" });
  let acc: Merged = { ok: true, type: first };
  for (const next of rest) {
    if (!acc.ok) return acc;
    acc = merge(acc.type, next);
  }
  return acc;
};
