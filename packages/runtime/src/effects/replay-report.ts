import { compareTraces, type DeterminismMode, firstDifference, type Trace } from "../trace/compare-traces.ts";
import { canonicalTrace, effectTrace, exchangesOf } from "./effect-trace.ts";

/** How a replay agrees with the run it was recorded of (spec/machine-surfaces.md §8). */
export interface ReplayReport {
  readonly mode: DeterminismMode;
  /** Whether the two are alike in the mode asked for. */
  readonly consistent: boolean;
  /** Whether their events are equal. */
  readonly exactTrace: boolean;
  /** Whether their effect traces are equal. */
  readonly exactEffects: boolean;
  readonly recordedEffects: number;
  readonly recordedEvents: number;
  readonly replayedEvents: number;
  /** The first place where the two part in the mode asked for: an event, what was read, or an effect. */
  readonly differs: { readonly in: "events" | "reads" | "effects"; readonly index: number } | undefined;
}

const effectsOf = ({ events }: Trace) => canonicalTrace(effectTrace(exchangesOf(events), "full", "host"));

/**
 * Compares a replay with its recording. In `full` mode the effect traces have
 * to be equal as well; the other modes leave them aside.
 */
export const replayReport = (recorded: Trace, replayed: Trace, mode: DeterminismMode): ReplayReport => {
  const compared = compareTraces(recorded, replayed, mode);
  const [before, after] = [effectsOf(recorded), effectsOf(replayed)];
  const effect = firstDifference(before, after);
  const differs = !compared.equal
    ? { in: compared.in, index: compared.at.index }
    : mode === "full" && effect !== undefined
      ? { in: "effects" as const, index: effect.index }
      : undefined;
  return {
    mode,
    consistent: differs === undefined,
    exactTrace: compareTraces(recorded, replayed, "replay").equal,
    exactEffects: effect === undefined,
    recordedEffects: before.length,
    recordedEvents: recorded.events.length,
    replayedEvents: replayed.events.length,
    differs,
  };
};
