import type { BreakingRun } from "@parley/core/diff";
import { type OpenedAtRun, openAtRun } from "../sessions/open-at-run.ts";
import type { ComparedSide } from "./compare.ts";

const only = (
  numbers: Readonly<Record<string, number>>,
  names: readonly string[],
): Readonly<Record<string, number>> =>
  Object.fromEntries(Object.entries(numbers).filter(([name]) => names.includes(name)));

interface Opening {
  readonly protocol: string;
  /** The version everybody else keeps to. */
  readonly version: string;
  readonly side: ComparedSide;
  readonly run: BreakingRun;
}

/**
 * Opens a session of everybody else's version and takes it to the last state
 * of the run which that version can reach by itself: where the peer of the
 * other version would break it.
 */
export const openRun = ({ protocol, version, side, run }: Opening): Promise<OpenedAtRun> =>
  openAtRun({
    protocol,
    version,
    title: `Where ${run.peer} breaks`,
    families: only(run.bindings.families, side.families),
    names: only(run.bindings.names, side.names),
    run: { begins: run.begins, trace: run.trace.slice(0, run.replayable) },
  });
