import { runningTimers } from "../machine/timers.ts";
import type { Trigger } from "./scenario.ts";
import type { Sim } from "./sim-state.ts";

const tickOf = (trigger: Trigger): readonly number[] => (trigger.kind === "atTick" ? [trigger.tick] : []);

/**
 * The next moment at which something comes to a machine that cannot go on by
 * itself: a message in flight, a role that restarts, a deadline, a trigger
 * with a time. Messages that only wait for room are no such thing.
 */
export const nextDue = ({ scenario, state, machine }: Sim): number | undefined => {
  const moments = [
    ...state.inFlight.map(({ due }) => due).filter((due) => due > state.clock),
    ...scenario.adversaries.flatMap(({ action, trigger }, i) => {
      const own = state.adversaries[i];
      if (own === undefined || !own.activated) return tickOf(trigger);
      const until = action.kind === "crash" ? own.crashUntil : null;
      return until !== null && until > state.clock ? [until] : [];
    }),
    ...scenario.reconfigurations.flatMap(({ trigger }, i) => (state.fired[i] ? [] : tickOf(trigger))),
    ...runningTimers(machine).map(({ deadline }) => deadline),
  ];
  return moments.length === 0 ? undefined : Math.min(...moments);
};
