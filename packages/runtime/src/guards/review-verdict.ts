import { encodeCanonical, type GuardVerdict } from "@parley/wire";
import { evaluateGuards } from "./evaluate-guards.ts";
import type { GuardRequest, GuardSnapshot } from "./guard-snapshot.ts";

/** Where a recorded verdict and the one that its reads give differ. */
export interface VerdictFinding {
  /** Position in the list of verdicts. */
  readonly index: number;
  readonly recorded?: GuardVerdict;
  readonly derived?: GuardVerdict;
}

/** Canonical bytes hold no `undefined` and know one order of keys. */
const same = (a: GuardVerdict, b: GuardVerdict): boolean => {
  const [x, y] = [encodeCanonical(a), encodeCanonical(b)];
  return x.length === y.length && x.every((byte, i) => byte === y[i]);
};

/**
 * Judges a recorded send again, from the snapshot at the versions its verdicts
 * name, and says where the record differs. Findings change nothing: the fold
 * stays what was recorded (model §1.2).
 *
 * @example reviewVerdict(snapshotAt(read.verdicts), request, read.verdicts) // [] when nothing was altered
 */
export const reviewVerdict = (
  snapshot: GuardSnapshot,
  request: GuardRequest,
  recorded: readonly GuardVerdict[],
): readonly VerdictFinding[] => {
  const { verdicts: derived } = evaluateGuards(snapshot, request);
  const count = Math.max(recorded.length, derived.length);
  return Array.from({ length: count }, (_, index): readonly VerdictFinding[] => {
    const one = recorded[index];
    const other = derived[index];
    if (one !== undefined && other !== undefined && same(one, other)) return [];
    return [
      {
        index,
        ...(one === undefined ? {} : { recorded: one }),
        ...(other === undefined ? {} : { derived: other }),
      },
    ];
  }).flat();
};
