import type { Hash, SessionPin } from "@parley/wire";
import type { CodeImage } from "../../machine/code/image.ts";
import type { Machine } from "../../machine/state.ts";
import type { WaveMetrics } from "../../waves/wave-round.ts";
import type { PolicyCursor } from "./decision-policy.ts";
import type { Denied, SimulatedCharge } from "./denials.ts";
import type { Inbox } from "./given.ts";
import type { OperationTrack } from "./operation-lane.ts";
import type { TopologyChange } from "./topology-lane.ts";

/**
 * The fold of a session's log up to `position`. Like the machine inside it, it
 * is one mutable structure with one owner: `applyInput` changes it in place,
 * `cloneSession` gives an independent copy.
 */
export interface SessionState {
  /** The stream whose log it is: the fork's own for a what-if. */
  readonly stream: string;
  /** What entry 0 pinned; a fork carries its parent's, with its own title and a manual clock. */
  readonly pin: SessionPin;
  /** Set on a what-if. */
  readonly fork: { readonly parent: string; readonly at: number } | undefined;
  readonly image: CodeImage;
  readonly machine: Machine;
  readonly inbox: Inbox;
  /** How often each thing has happened up to `position`; for predicates, no part of any hash. */
  readonly counts: Map<string, number>;
  cursor: PolicyCursor;
  /** What its waves have done, where it runs in waves; no part of any hash. */
  waves?: WaveMetrics;
  /** Facts kept in a fork's own overlay; never written to a context stream. */
  simulatedFacts: number;
  /** Charges kept in a fork's own overlay; they never reach the stream of an authority. */
  simulatedCharges: readonly SimulatedCharge[];
  /** Who was denied and what the guards had read, by time of denial. */
  denials: readonly Denied[];
  /** What was broken and mended, oldest first; no part of any hash. */
  topology: readonly TopologyChange[];
  /** How operations have gone, by first mention; no part of any hash. */
  operations: readonly OperationTrack[];
  /** Entries by timers since the last one by anybody else; no part of any hash. */
  unattended: number;
  /** Position of the last entry folded: its seq, or for a fork's own entries `fork.at + 1 + seq`. */
  position: number;
  /** Session time of the last entry, ms. */
  at: number;
  /** Chain hash of the last entry of `stream`. */
  hash: Hash | "";
  protocolHash: Hash;
  stateHash: Hash;
}

export type SessionStatusName = "active" | "completed" | "faulted" | "cancelled" | "closed";

/** How many positions of a fork lie in its parent: its own entry 0 stands at this position. */
export const ownOffset = (state: Pick<SessionState, "fork">): number =>
  state.fork === undefined ? 0 : state.fork.at + 1;
