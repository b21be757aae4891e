import type { EdgeAnnotation } from "@parley/core";
import type { GuardVerdict } from "@parley/wire";

/** One send or offer that asks to go ahead. */
export interface GuardQuestion {
  readonly session: string;
  readonly role: string;
  readonly peer: string;
  readonly label: string;
  readonly edgeId: string;
  readonly annotations: readonly EdgeAnnotation[];
  /** Session time in ms; guards see no other clock. */
  readonly at: number;
}

/**
 * Judges a send, in the order capability, flow, journal, leakage (design §7).
 * Pure: what it needs to know it has been given, and its verdicts are recorded
 * as a read of the round.
 */
export interface GuardChain {
  evaluate(question: GuardQuestion): readonly GuardVerdict[];
}
