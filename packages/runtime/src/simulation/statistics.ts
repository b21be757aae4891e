import { inspectEdges } from "../machine/inspect.ts";
import type { Machine } from "../machine/state.ts";
import type { SimulationStatistics } from "./result.ts";
import type { Sim } from "./sim-state.ts";
import { typeDepth } from "./type-depth.ts";

/** Depths of all current types, or `null` where one goes round. */
const depthOf = (machine: Machine): number | null => {
  let sum = 0;
  for (const session of machine.sessions.values())
    for (const { role, type } of session.endpoints) {
      const program = machine.image.programs[role];
      const depth = program === undefined ? 0 : typeDepth(program, type);
      if (depth === undefined) return null;
      sum += depth;
    }
  return sum;
};

/** How much a run still has to do (spec/simulation.md §9.3). */
export interface Measure {
  readonly depth: number | null;
  readonly weighted: number | null;
}

export const measureOf = (machine: Machine): Measure => {
  const depth = depthOf(machine);
  const queued = inspectEdges(machine).reduce((sum, { frames }) => sum + frames.length, 0);
  return { depth, weighted: depth === null ? null : 2 * depth + queued };
};

const productive: ReadonlySet<string> = new Set(["sent", "received", "offered", "chose"]);

const phaseOf = (steps: number, threshold: number | null): SimulationStatistics["capacity"] => {
  if (threshold === null) return "unsupported";
  if (steps === threshold) return "at_threshold";
  return steps < threshold ? "below_threshold" : "above_threshold";
};

/** Sums up a finished run. */
export const statisticsOf = (sim: Sim, initial: Measure): SimulationStatistics => {
  const { trace, incidents, machine, state, scenario } = sim;
  const events = (kind: string): number =>
    trace.reduce((sum, { event }) => sum + Number(event.kind === kind), 0);
  const happened = (kind: string): number =>
    incidents.reduce((sum, incident) => sum + Number(incident.kind === kind), 0);
  const productiveSteps = trace.reduce((sum, { event }) => sum + Number(productive.has(event.kind)), 0);
  return {
    events: trace.length,
    invoked: events("invoked"),
    sent: events("sent"),
    received: events("received"),
    lost: happened("dropped"),
    delayed: happened("delayed"),
    corrupted: happened("corrupted"),
    replaced: happened("replaced"),
    crashes: happened("crashed"),
    faults: events("faulted"),
    inFlight: state.inFlight.length,
    initialDepth: initial.depth,
    initialMeasure: initial.weighted,
    remainingMeasure: initial.weighted === null ? null : measureOf(machine).weighted,
    productiveSteps,
    capacity: phaseOf(productiveSteps, initial.depth),
    transitionBudget: scenario.reconfigurations.reduce(
      (sum, { cost }, i) => sum + (state.fired[i] ? cost : 0),
      0,
    ),
  };
};
