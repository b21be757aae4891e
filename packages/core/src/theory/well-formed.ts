import type { GlobalType } from "./global-type.ts";
import { type AnyType, continuations, freeVars } from "./structure.ts";

const every = (type: AnyType, holds: (node: AnyType) => boolean): boolean => {
  if (!holds(type)) return false;
  if (type.kind === "mu") return every(type.body, holds);
  return continuations(type).every((next) => every(next, holds));
};

const noEmptyBranches = (t: AnyType): boolean => !("branches" in t) || t.branches.length > 0;
const noSelf = (t: AnyType): boolean => t.kind !== "comm" || t.sender !== t.receiver;
const distinctLabels = (t: AnyType): boolean =>
  !("branches" in t) || new Set(t.branches.map((b) => b.label.name)).size === t.branches.length;

/**
 * A run of binders is guarded when it does not open onto a variable. The
 * reference refuses any two adjacent binders; here that refusal is kept only
 * where they open onto something that is no proper communication, so that a
 * loop which passes a message is never called unguarded (deviation
 * `adjacent-binders-rejected`).
 */
const guardedRun = (t: AnyType): boolean => {
  if (t.kind !== "mu") return true;
  if (t.body.kind !== "mu") return t.body.kind !== "var";
  let head: AnyType = t.body;
  while (head.kind === "mu") head = head.body;
  return "branches" in head && noEmptyBranches(head) && noSelf(head) && distinctLabels(head);
};

/** Every variable is under its binder. */
export const allVarsBound = (type: AnyType): boolean => freeVars(type).length === 0;
/** Every communication has a branch. */
export const allCommsNonEmpty = (type: AnyType): boolean => every(type, noEmptyBranches);
/** Label names are distinct at every node. */
export const uniqueBranchLabels = (type: AnyType): boolean => every(type, distinctLabels);
/** Nobody sends to itself. */
export const noSelfComm = (type: GlobalType): boolean => every(type, noSelf);
/** Every loop passes a message before it returns. */
export const isGuarded = (type: AnyType): boolean => every(type, guardedRun);

/** All rules of spec/projection §3.1 that apply to the type. */
export const wellFormed = (type: AnyType): boolean =>
  allVarsBound(type) &&
  allCommsNonEmpty(type) &&
  uniqueBranchLabels(type) &&
  every(type, noSelf) &&
  isGuarded(type);

/** Binders whose loop holds no communication at all: well-formed, but it does nothing (deviation `empty-loop-accepted`). */
export const idleLoops = (type: AnyType): readonly string[] => {
  const found: string[] = [];
  every(type, (t) => {
    if (t.kind === "mu" && every(t.body, (inner) => !("branches" in inner))) found.push(t.var);
    return true;
  });
  return found;
};

/** The first node, in pre-order, of which `pick` says something. */
export const firstFinding = (
  type: AnyType,
  pick: (node: AnyType) => string | undefined,
): string | undefined => {
  let found: string | undefined;
  every(type, (node) => {
    found ??= pick(node);
    return found === undefined;
  });
  return found;
};
