import type { BreakingRun } from "@parley/core/diff";
import { sessionInputs } from "@parley/core/explore";
import type { InputsRequest } from "@parley/wire/http";
import { api } from "../api/api.ts";
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
 * other version would break it. Gives the session's id.
 */
export const openRun = async ({ protocol, version, side, run }: Opening): Promise<string> => {
  const { session } = await api.sessions.open({
    protocol,
    version,
    title: `Where ${run.peer} breaks`.slice(0, 200),
    families: only(run.bindings.families, side.families),
    names: only(run.bindings.names, side.names),
    decisions: "ask",
    drive: "manual",
  });
  const prefix = { begins: run.begins, trace: run.trace.slice(0, run.replayable) };
  const { batches } = sessionInputs(
    prefix,
    session.roles.map(({ role }) => role),
  );
  for (const inputs of batches) {
    await api.sessions.input(session.id, { inputs: [...inputs] as InputsRequest["inputs"] });
  }
  return session.id;
};
