import type { MachineEvent } from "@parley/wire";
import { countInto } from "../observe/observation.ts";
import type { Incident, IncidentBody } from "./incident.ts";
import type { Sim } from "./sim-state.ts";

/** Dates an incident and keeps it. */
export const note = (sim: Sim, body: IncidentBody): void => {
  const { clock: at, rounds: round } = sim.state;
  sim.incidents.push({ at, round, ...body } as Incident);
};

/** Keeps events: in the trace, in the counts, and for the triggers of the next round. */
export const record = (sim: Sim, events: readonly MachineEvent[]): void => {
  if (events.length === 0) return;
  const { state } = sim;
  for (const event of events) sim.trace.push({ seq: state.rounds, at: state.clock, event });
  state.fresh = state.fresh.length === 0 ? events : [...state.fresh, ...events];
  countInto(state.counts, events);
};
