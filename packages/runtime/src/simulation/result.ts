import type { Hash } from "@parley/wire";
import { encodeCanonical, hashValue } from "@parley/wire";
import type { Checkpoint } from "./checkpoint.ts";
import type { FieldSample } from "./field.ts";
import type { Incident, IncidentMessage } from "./incident.ts";
import type { RunEnd } from "./scenario.ts";
import type { MadeDecision, SimulatedEvent } from "./sim-state.ts";
import type { TheoremProfile } from "./theorem-profile.ts";
import type { Violation } from "./violation.ts";

/** Numbers of one run. */
export interface SimulationStatistics {
  readonly events: number;
  readonly invoked: number;
  readonly sent: number;
  readonly received: number;
  readonly lost: number;
  readonly delayed: number;
  readonly corrupted: number;
  readonly replaced: number;
  readonly crashes: number;
  readonly faults: number;
  readonly inFlight: number;
  /** Sum of the depths of all local types at the start; `null` where one goes round. */
  readonly initialDepth: number | null;
  /** Twice the depths and what is queued, at the start and at the end. */
  readonly initialMeasure: number | null;
  readonly remainingMeasure: number | null;
  /** Sends, receives and decisions. */
  readonly productiveSteps: number;
  readonly capacity: "unsupported" | "below_threshold" | "at_threshold" | "above_threshold";
  readonly transitionBudget: number;
}

/** Whether a run was what its scenario demands: no violation, or what `expect` says. */
export interface SimulationVerdict {
  readonly passed: boolean;
  readonly failures: readonly string[];
}

/** A finished run. Plain data without floating point: equal runs have equal bytes. */
export interface SimulationResult {
  readonly scenario: string;
  readonly seed: bigint;
  readonly outcome: RunEnd;
  /** Rounds that ran; the one in which the last role ends is not counted (spec/simulation.md §7.3). */
  readonly rounds: number;
  readonly finalTick: number;
  /** Session time at the end, in ms. */
  readonly clock: number;
  readonly profile: TheoremProfile;
  readonly trace: readonly SimulatedEvent[];
  readonly incidents: readonly Incident[];
  /** Messages that had not arrived when the run ended, and when they would have. */
  readonly inFlight: readonly (IncidentMessage & { readonly due: number })[];
  readonly decisions: readonly MadeDecision[];
  /** Numbers of roles, in bits of fixed point; only of a scenario with a field. */
  readonly field?: {
    readonly samples: readonly FieldSample[];
    readonly final: readonly { readonly role: string; readonly values: readonly bigint[] }[];
  };
  /** Rows of the script that never applied, by path: a count or a name may be off. */
  readonly unusedRows: readonly string[];
  readonly violations: readonly Violation[];
  readonly checkpoints: readonly Checkpoint[];
  readonly statistics: SimulationStatistics;
  readonly verdict: SimulationVerdict;
}

/** Canonical bytes of a result without its checkpoints, which say nothing more. */
export const encodeResult = (result: SimulationResult): Uint8Array =>
  encodeCanonical({ ...result, checkpoints: [] });

/** Hash of everything a run showed. */
export const resultHash = (result: SimulationResult): Hash =>
  hashValue("parley.simulation/1", { ...result, checkpoints: [] });
