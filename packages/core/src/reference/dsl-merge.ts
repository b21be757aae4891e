import { compareText } from "../theory/label.ts";
import {
  type DslBranch,
  type DslLocal,
  dslEnd,
  equalDsl,
  type ProjectionFailure,
  sameCondition,
} from "./dsl-local.ts";
import { sameRole } from "./role.ts";

type Merged = DslLocal | ProjectionFailure;
type Labelled = { readonly label: string; readonly type: DslLocal };

const failed = (reason: string): ProjectionFailure => ({
  kind: "failure",
  error: "MergeFailure",
  message: `cannot merge branches: ${reason}`,
});

const incompatible = failed("incompatible local types in merge");

const sorted = (branches: readonly DslBranch[]): readonly DslBranch[] =>
  [...branches].sort((a, b) => compareText(a.label, b.label));

/** Merges the continuations of two equal heads. */
const under = (left: DslLocal, right: DslLocal, build: (next: DslLocal) => DslLocal): Merged => {
  const next = merge(left, right);
  return next.kind === "failure" ? next : build(next);
};

/** Adds one branch to a set: merged into its namesake, else beside the others. */
const addBranch = (
  branches: readonly DslBranch[],
  added: DslBranch,
): readonly DslBranch[] | ProjectionFailure => {
  const at = branches.findIndex((branch) => branch.label === added.label);
  const found = branches[at];
  if (found === undefined) return [...branches, added];
  const next = merge(found.next, added.next);
  return next.kind === "failure" ? next : branches.with(at, { label: added.label, next });
};

const isFailure = (value: readonly DslBranch[] | ProjectionFailure): value is ProjectionFailure =>
  "error" in value;

const unionBranches = (
  left: readonly DslBranch[],
  right: readonly DslBranch[],
): readonly DslBranch[] | ProjectionFailure => {
  let all: readonly DslBranch[] = left;
  for (const branch of right) {
    const next = addBranch(all, branch);
    if (isFailure(next)) return next;
    all = next;
  }
  return sorted(all);
};

const mergeSelects = (
  left: readonly DslBranch[],
  right: readonly DslBranch[],
): readonly DslBranch[] | ProjectionFailure => {
  if (left.length !== right.length) {
    return failed(`select branch count mismatch: ${left.length} vs ${right.length}`);
  }
  const merged: DslBranch[] = [];
  const others = sorted(right);
  for (const [i, branch] of sorted(left).entries()) {
    const other = others[i];
    if (other === undefined || other.label !== branch.label) {
      return failed(`select branch label mismatch: '${branch.label}' vs '${other?.label ?? ""}'`);
    }
    const next = merge(branch.next, other.next);
    if (next.kind === "failure") return next;
    merged.push({ label: branch.label, next });
  }
  return merged;
};

const mergeSends = (a: DslLocal & { kind: "send" }, b: DslLocal & { kind: "send" }): Merged => {
  if (!sameRole(a.to, b.to)) return incompatible;
  if (a.message !== b.message) {
    return failed(`cannot merge sends with different messages: '${a.message}' vs '${b.message}'`);
  }
  return under(a.next, b.next, (next) => ({ ...a, next }));
};

const mergeReceives = (a: DslLocal & { kind: "receive" }, b: DslLocal & { kind: "receive" }): Merged => {
  if (!sameRole(a.from, b.from)) return incompatible;
  if (a.message !== b.message) {
    return failed(
      `cannot merge receives with different messages without choice labels: '${a.message}' vs '${b.message}'`,
    );
  }
  return under(a.next, b.next, (next) => ({ ...a, next }));
};

const receiveIntoBranch = (a: DslLocal, b: DslLocal): Merged | undefined => {
  const [branch, receive] = a.kind === "branch" ? [a, b] : [b, a];
  if (branch.kind !== "branch" || receive.kind !== "receive" || !sameRole(branch.from, receive.from)) {
    return undefined;
  }
  return failed(`cannot merge receive of '${receive.message}' into branch without label information`);
};

/** The merge without choice labels (projection.md §9.2); `End` gives way to anything. */
export const merge = (a: DslLocal, b: DslLocal): Merged => {
  if (a.kind === "end" || equalDsl(a, b)) return a.kind === "end" ? b : a;
  if (b.kind === "end") return a;
  if (a.kind === "send" && b.kind === "send") return mergeSends(a, b);
  if (a.kind === "receive" && b.kind === "receive") return mergeReceives(a, b);
  if (a.kind === "branch" && b.kind === "branch" && sameRole(a.from, b.from)) {
    const branches = unionBranches(a.branches, b.branches);
    return isFailure(branches) ? branches : { ...a, branches };
  }
  if (a.kind === "select" && b.kind === "select" && sameRole(a.to, b.to)) {
    const branches = mergeSelects(a.branches, b.branches);
    return isFailure(branches) ? branches : { ...a, branches };
  }
  if (a.kind === "rec" && b.kind === "rec" && a.label === b.label) {
    return under(a.body, b.body, (body) => ({ ...a, body }));
  }
  if (a.kind === "loop" && b.kind === "loop" && sameCondition(a.condition, b.condition)) {
    const { next } = a;
    if (!equalDsl(next, b.next)) return incompatible;
    return under(a.body, b.body, (body) => ({ ...a, body }));
  }
  return receiveIntoBranch(a, b) ?? incompatible;
};

/** Where labels decide the result; `undefined` leaves the pair to the merge without labels. */
const labelled = (a: Labelled, b: Labelled): Labelled | ProjectionFailure | undefined => {
  const left = a.type;
  const right = b.type;
  if (left.kind === "receive" && right.kind === "receive") {
    if (!sameRole(left.from, right.from) || left.message === right.message) return undefined;
    const branches = sorted([
      { label: a.label, next: left.next },
      { label: b.label, next: right.next },
    ]);
    return { label: a.label, type: { kind: "branch", from: left.from, branches } };
  }
  const [branch, receive] = left.kind === "branch" ? [left, right] : [right, left];
  if (branch.kind !== "branch" || receive.kind !== "receive" || !sameRole(branch.from, receive.from)) {
    return undefined;
  }
  const [own, kept] = left.kind === "branch" ? [b.label, a.label] : [a.label, b.label];
  const branches = addBranch(branch.branches, { label: own, next: receive.next });
  return isFailure(branches) ? branches : { label: kept, type: { ...branch, branches: sorted(branches) } };
};

const mergeLabelled = (a: Labelled, b: Labelled): Labelled | ProjectionFailure => {
  if (equalDsl(a.type, b.type) || b.type.kind === "end") return a;
  if (a.type.kind === "end") return b;
  const decided = labelled(a, b);
  if (decided !== undefined) return decided;
  const type = merge(a.type, b.type);
  return type.kind === "failure" ? type : { label: a.label, type };
};

/**
 * What a bystander of a choice sees (projection.md §9.1). The choice labels
 * replace the message names of the branches, and a role that hears nothing in
 * some arm is left out of the merge: both are the reference's, and why Parley
 * projects strictly instead.
 */
export const mergeBranches = (branches: readonly DslBranch[]): Merged => {
  const [first] = branches;
  if (first === undefined) return dslEnd;
  if (branches.every((branch) => equalDsl(branch.next, first.next))) return first.next;
  const acting = branches.filter((branch) => branch.next.kind !== "end");
  let merged: Labelled | undefined;
  for (const { label, next } of acting) {
    const step: Labelled | ProjectionFailure =
      merged === undefined ? { label, type: next } : mergeLabelled(merged, { label, type: next });
    if ("error" in step) return step;
    merged = step;
  }
  return merged?.type ?? dslEnd;
};
