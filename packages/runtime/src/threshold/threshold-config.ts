import { type ThresholdResult, thresholdRefused } from "./threshold-error.ts";

/** One key signs, or shares of it do. A threshold of one needs no shares: it is a plain Ed25519 key. */
export type SigningMode = "single-signer" | "threshold";

/** Who holds shares, in order, and how many of them sign. */
export interface ThresholdConfig {
  readonly threshold: number;
  readonly participants: readonly string[];
}

/** FROST needs two at least. */
export const FROST_MINIMUM = 2;

export const signingMode = ({ threshold, participants }: ThresholdConfig): SigningMode =>
  threshold === 1 && participants.length === 1 ? "single-signer" : "threshold";

/**
 * A configuration of distinct participants, `1 ≤ threshold ≤ participants`;
 * shared keys need a threshold of two.
 *
 * @example thresholdConfig(2, ["gus", "hal", "fay"])
 */
export const thresholdConfig = (
  threshold: number,
  participants: readonly string[],
): ThresholdResult<ThresholdConfig> => {
  if (new Set(participants).size !== participants.length)
    return thresholdRefused({
      code: "PAR8902",
      variant: "InvalidParticipants",
      reason: "a participant is named twice",
    });
  if (participants.length === 0)
    return thresholdRefused({ code: "PAR8902", variant: "InvalidParticipants", reason: "there are none" });
  const minimum = participants.length === 1 ? 1 : FROST_MINIMUM;
  return threshold < minimum || threshold > participants.length || !Number.isSafeInteger(threshold)
    ? thresholdRefused({
        code: "PAR8901",
        variant: "InvalidThreshold",
        threshold,
        participants: participants.length,
        minimum,
      })
    : { ok: true, value: { threshold, participants } };
};
