import type { Label } from "./label.ts";
import type { LocalCommR, LocalTypeR } from "./local-type-r.ts";
import { substitute } from "./substitute.ts";

/** A tree of one phase: sends only, or receives only; `undefined` is empty. */
export interface PhaseTree {
  readonly partner: string;
  readonly branches: readonly { readonly label: Label; readonly next: PhaseTree | undefined }[];
}

/** One phase of a type: an input tree and an output tree, one of them empty. */
export interface Segment {
  readonly input: PhaseTree | undefined;
  readonly output: PhaseTree | undefined;
}

/** Unfoldings before the decomposition gives up (spec/projection §12.2). */
export const SISO_UNFOLD_LIMIT = 10_000;

const treeOf = (type: LocalTypeR, kind: LocalCommR["kind"]): PhaseTree | undefined => {
  if (type.kind !== kind) return undefined;
  return {
    partner: type.partner,
    branches: type.branches.map((b) => ({ label: b.label, next: treeOf(b.next, kind) })),
  };
};

/** The first continuation, depth first, that leaves the phase. */
const afterPhase = (type: LocalCommR): LocalTypeR | undefined => {
  for (const b of type.branches) {
    const next = b.next.kind === type.kind ? afterPhase(b.next) : b.next;
    if (next !== undefined) return next;
  }
  return undefined;
};

/** The phases along the first path of a type; nothing when unfolding passes `limit`. */
export const decompose = (type: LocalTypeR, limit = SISO_UNFOLD_LIMIT): readonly Segment[] | undefined => {
  const segments: Segment[] = [];
  let current: LocalTypeR | undefined = type;
  let fuel = limit;
  while (current !== undefined) {
    if (current.kind === "end" || current.kind === "var") break;
    if (current.kind === "mu") {
      if (fuel === 0) return undefined;
      fuel--;
      current = substitute(current.body, current.var, current);
      continue;
    }
    const tree = treeOf(current, current.kind);
    segments.push(
      current.kind === "send" ? { input: undefined, output: tree } : { input: tree, output: undefined },
    );
    current = afterPhase(current);
  }
  return segments;
};
