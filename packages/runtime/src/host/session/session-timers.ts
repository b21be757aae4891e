import type { Actor } from "@parley/wire";
import { runningTimers } from "../../machine/timers.ts";
import type { SessionState } from "./session-state.ts";

/** Timers due at `at`, by (deadline, id). One may be gone by the time another has fired: ask `isRunning`. */
export const dueTimers = (state: SessionState, at: number): readonly string[] =>
  runningTimers(state.machine)
    .filter(({ deadline }) => deadline <= at)
    .map(({ id }) => id);

export const isRunning = (state: SessionState, id: string): boolean =>
  runningTimers(state.machine).some((timer) => timer.id === id);

/** Who a timer's own input is by. */
export const timerActor = (id: string): Actor => ({ kind: "timer", id });
