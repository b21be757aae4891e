import { equalLocal } from "./equal.ts";
import type { LocalBranchR, LocalCommR, LocalTypeR } from "./local-type-r.ts";
import { sameSort } from "./payload-sort.ts";
import { sameValType } from "./val-type.ts";

/** Why one type is not a synchronous subtype of another (spec/projection §12.1). */
export type SyncSubtypeError =
  | { readonly kind: "PartnerMismatch"; readonly expected: string; readonly found: string }
  | {
      readonly kind: "DirectionMismatch";
      readonly expected: "send" | "recv";
      readonly found: "send" | "recv";
    }
  | { readonly kind: "MissingLabel"; readonly label: string }
  | { readonly kind: "ExtraLabel"; readonly label: string }
  | { readonly kind: "LabelSortMismatch"; readonly label: string }
  | { readonly kind: "PayloadAnnotationMismatch"; readonly label: string }
  | { readonly kind: "ContinuationMismatch"; readonly label: string }
  | { readonly kind: "VariableMismatch"; readonly expected: string; readonly found: string }
  | { readonly kind: "IncompatibleTypes" };

/**
 * Which way round labels vary. `channel` is the reference's reading: a subtype
 * sends more and receives less. `program` is the one to use when a role's
 * program is replaced: a subtype sends less and receives more (deviation
 * `subtype-orientation`).
 */
export type SubtypeReading = "channel" | "program";

type Assumed = readonly (readonly [string, string])[];

const labelNamed = (type: LocalCommR, name: string): LocalBranchR | undefined =>
  type.branches.find((b) => b.label.name === name);

const compareComms = (
  sub: LocalCommR,
  sup: LocalCommR,
  reading: SubtypeReading,
  assumed: Assumed,
): SyncSubtypeError | undefined => {
  if (sub.partner !== sup.partner) {
    return { kind: "PartnerMismatch", expected: sup.partner, found: sub.partner };
  }
  const subMayHaveMore = (sub.kind === "send") === (reading === "channel");
  if (!subMayHaveMore) {
    const extra = sub.branches.find((b) => labelNamed(sup, b.label.name) === undefined);
    if (extra !== undefined) return { kind: "ExtraLabel", label: extra.label.name };
  }
  for (const wanted of sup.branches) {
    const label = wanted.label.name;
    const found = labelNamed(sub, label);
    if (found === undefined) {
      if (subMayHaveMore) return { kind: "MissingLabel", label };
      continue;
    }
    if (!sameSort(found.label.sort, wanted.label.sort)) return { kind: "LabelSortMismatch", label };
    if (!sameValType(found.payload, wanted.payload)) return { kind: "PayloadAnnotationMismatch", label };
    const inner = compare(found.next, wanted.next, reading, assumed);
    if (inner !== undefined) return { kind: "ContinuationMismatch", label };
  }
  return undefined;
};

const compare = (
  sub: LocalTypeR,
  sup: LocalTypeR,
  reading: SubtypeReading,
  assumed: Assumed,
): SyncSubtypeError | undefined => {
  if (equalLocal(sub, sup)) return undefined;
  if (sub.kind === "mu" && sup.kind === "mu") {
    return compare(sub.body, sup.body, reading, [...assumed, [sub.var, sup.var]]);
  }
  if (sub.kind === "var" && sup.kind === "var") {
    const known = assumed.some(([a, b]) => a === sub.name && b === sup.name);
    return known ? undefined : { kind: "VariableMismatch", expected: sup.name, found: sub.name };
  }
  const talks = (t: LocalTypeR): t is LocalCommR => t.kind === "send" || t.kind === "recv";
  if (!talks(sub) || !talks(sup)) return { kind: "IncompatibleTypes" };
  if (sub.kind !== sup.kind) return { kind: "DirectionMismatch", expected: sup.kind, found: sub.kind };
  return compareComms(sub, sup, reading, assumed);
};

/** Nothing when `sub` may stand where `sup` is expected, else the first reason. Loops are not unfolded. */
export const syncSubtype = (
  sub: LocalTypeR,
  sup: LocalTypeR,
  reading: SubtypeReading = "channel",
): SyncSubtypeError | undefined => compare(sub, sup, reading, []);
