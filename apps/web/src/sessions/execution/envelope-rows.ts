import type { EnvelopeView } from "@parley/wire/http";

/** One class of a diff artifact, in the order in which policy and gate look at them. */
export interface EnvelopeRow {
  readonly name: string;
  readonly value: string;
  /** What the policy says: `rejected` is the first class it refuses, later ones it does not look at. */
  readonly policy: Verdict;
  /** What the parity gate says. */
  readonly parity: Verdict;
}

export type Verdict = "allowed" | "rejected" | "unseen";

/** Kinds of errors by the class they are about, policy and gate. */
const kinds = [
  ["EnvelopeWaveWidthExceeded", "WaveWidthExceeded"],
  ["EnvelopeSchedulerClassRejected", "SchedulerClassRejected"],
  ["EnvelopeEffectOrderingRejected", "EffectOrderingClassRejected"],
  ["EnvelopeFailureVisibleRejected", "FailureVisibleClassRejected"],
  ["EnvelopeEffectTierMismatch", "EffectTierRejected"],
] as const;

const verdict = (at: number, rejected: number): Verdict => {
  if (rejected < 0 || at < rejected) return "allowed";
  return at === rejected ? "rejected" : "unseen";
};

/** The classes of an artifact with the first one that policy or gate refuses; none without an artifact. */
export const envelopeRows = ({ artifact, rejected, parity }: EnvelopeView): readonly EnvelopeRow[] => {
  if (artifact === null) return [];
  const { waveWidth, scheduler, effects, failureVisible, tier } = artifact.diff;
  const byPolicy = kinds.findIndex(([kind]) => kind === rejected?.kind);
  const byGate = kinds.findIndex(([, kind]) => kind === parity?.kind);
  const rows = [
    [
      "Wave width",
      `${waveWidth.candidate} of at most ${waveWidth.declared}; canonical ${waveWidth.baseline}`,
    ],
    ["Scheduler class", scheduler],
    ["Effect ordering", effects],
    ["Failure visible", failureVisible],
    ["Effect tier", tier],
  ] as const;
  return rows.map(([name, value], at) => ({
    name,
    value,
    policy: verdict(at, byPolicy),
    parity: verdict(at, byGate),
  }));
};
