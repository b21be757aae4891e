import type { GlobalType } from "./global-type.ts";
import { mergeAll } from "./merge.ts";
import { project } from "./project.ts";
import { enabled, step } from "./step.ts";
import { roles } from "./structure.ts";
import { allCommsNonEmpty, noSelfComm, uniqueBranchLabels } from "./well-formed.ts";

/** The reference's verdicts on a global type (spec/projection §15); `linear` is constant and not part of `isCoherent`. */
export interface Coherence {
  readonly linear: true;
  readonly size: boolean;
  readonly action: boolean;
  readonly uniqLabels: boolean;
  readonly projectable: boolean;
  readonly good: boolean;
  readonly isCoherent: boolean;
}

/**
 * A bystander must be able to merge every choice. Projection here works under
 * a binder too; the reference's memoising one does not and calls every loop
 * with a third role incoherent (deviation `loop-with-bystander-called-incoherent`).
 */
const projectableFor = (type: GlobalType, role: string): boolean => {
  if (type.kind === "mu") return projectableFor(type.body, role);
  if (type.kind !== "comm") return true;
  const next = type.branches.every((b) => projectableFor(b.next, role));
  if (role === type.sender || role === type.receiver) return next;
  const locals = type.branches.map((b) => project(b.next, role));
  return next && locals.every((l) => l.ok) && mergeAll(locals.flatMap((l) => (l.ok ? [l.type] : []))).ok;
};

/** Every head action that is enabled can be taken. */
const good = (type: GlobalType): boolean => {
  if (type.kind === "mu") return good(type.body);
  if (type.kind !== "comm") return true;
  return type.branches.every((b) => {
    const action = { sender: type.sender, receiver: type.receiver, label: b.label };
    return (!enabled(type, action) || step(type, action) !== undefined) && good(b.next);
  });
};

/** All verdicts on a type. */
export const coherence = (type: GlobalType): Coherence => {
  const size = allCommsNonEmpty(type);
  const action = noSelfComm(type);
  const uniqLabels = uniqueBranchLabels(type);
  const projectable = roles(type).every((role) => projectableFor(type, role));
  const isGood = good(type);
  return {
    linear: true,
    size,
    action,
    uniqLabels,
    projectable,
    good: isGood,
    isCoherent: size && action && uniqLabels && projectable && isGood,
  };
};
