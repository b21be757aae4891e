import type { Stopped } from "../debug/stops.ts";
import type { WriteOutcome } from "../ledger/writer.ts";

/** A host command that runs a session on; its entries are ordinary `advance` entries. */
export interface RunRecord {
  readonly id: string;
  readonly session: string;
  /** Entries appended so far. */
  done: number;
  state: "running" | "done" | "cancelled" | "failed";
  /** Why it stopped, in one sentence. */
  reason: string;
  /** What it was to stop at and came to. */
  stopped?: Stopped;
  cancelled: boolean;
  /** Resolves when it has stopped. */
  ended: Promise<void>;
  /** Told how the first write of the run went. */
  readonly begun: (outcome: WriteOutcome) => void;
}
