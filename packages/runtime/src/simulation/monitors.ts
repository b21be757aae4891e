import type { MachineEvent } from "@parley/wire";
import { inspectCoroutines, inspectEdges } from "../machine/inspect.ts";
import { plan } from "../machine/plan.ts";
import { runningTimers } from "../machine/timers.ts";
import { evaluate } from "../observe/evaluate.ts";
import type { Observation } from "../observe/observation.ts";
import type { Predicate } from "../observe/predicate.ts";
import { sessionOf } from "../trace/session-of.ts";
import { nextDue } from "./next-due.ts";
import type { Property } from "./scenario.ts";
import type { MonitorState, Sim, SimulatedEvent } from "./sim-state.ts";
import { typeDepth } from "./type-depth.ts";
import type { FoundViolation } from "./violation.ts";

/** Whether a predicate holds; `unknown` where it speaks of a name that is not bound yet. */
type Truth = boolean | "unknown";

/** What monitors look at: the machine, the counts, and whether the world will move it on. */
export const observationOf = (sim: Sim): Observation => ({
  machine: sim.machine,
  counts: sim.state.counts,
  moving: nextDue(sim) !== undefined || runningTimers(sim.machine).length > 0,
});

export const truthOf = (predicate: Predicate, seen: Observation): Truth => {
  const found = evaluate(predicate, seen);
  if (!found.ok) return "unknown";
  return found.value !== false && found.value !== 0 && found.value !== "";
};

/** What a check of one property found. */
interface Checked {
  readonly state: MonitorState;
  readonly details?: string;
}

const bufferBound = (sim: Sim, { sid, max }: Extract<Property, { kind: "bufferBound" }>) => {
  const edge = inspectEdges(sim.machine).find((one) => one.sid === sid && one.frames.length > max);
  return edge === undefined
    ? undefined
    : `${edge.frames.length} messages from ${edge.from} to ${edge.to}, ${max} allowed`;
};

/** Counts the session's own events and matches receives with sends, first come first. */
const follow = (state: MonitorState, sid: number, events: readonly MachineEvent[]): MonitorState => {
  let { count } = state;
  const open = [...state.open];
  for (const event of events) {
    if (sessionOf(event) !== sid) continue;
    if (event.kind === "sent" || event.kind === "received") {
      const key = `${event.edge.from}\u0000${event.edge.to}\u0000${event.label}`;
      const at = open.findIndex(([other]) => other === key);
      if (event.kind === "sent") open.push([key, count]);
      else if (at >= 0) open.splice(at, 1);
    }
    count += 1;
  }
  return { ...state, count, open };
};

const sendReceive = (
  property: Extract<Property, { kind: "sendReceive" }>,
  state: MonitorState,
  events: readonly MachineEvent[],
): Checked => {
  const next = follow(state, property.sid, events);
  const late = next.open.find(([, at]) => next.count - at > property.bound);
  if (late === undefined) return { state: next };
  const [from, to, label] = late[0].split("\u0000");
  const age = next.count - late[1];
  return { state: next, details: `${label} from ${from} to ${to} is ${age} events old and not received` };
};

/** The depth of every endpoint may only shrink, unless its type goes round. */
const monotonic = ({ machine }: Sim, sid: number, state: MonitorState): Checked => {
  const endpoints = machine.sessions.get(sid)?.endpoints ?? [];
  const open = endpoints.flatMap(({ role, type }): MonitorState["open"] => {
    const program = machine.image.programs[role];
    if (program === undefined || typeDepth(program, program.start) === undefined) return [];
    return [[machine.image.roles[role] ?? "", typeDepth(program, type) ?? 0]];
  });
  const grown = open.find(([role, depth]) =>
    state.open.some(([known, before]) => known === role && depth > before),
  );
  return {
    state: { ...state, open },
    ...(grown === undefined ? {} : { details: `the type of ${grown[0]} grew to depth ${grown[1]}` }),
  };
};

const liveness = (
  property: Extract<Property, { kind: "liveness" }>,
  state: MonitorState,
  seen: Observation,
): Checked => {
  const armed = state.armed || truthOf(property.precondition, seen) === true;
  if (!armed || truthOf(property.goal, seen) === true) return { state: { ...state, armed: false, count: 0 } };
  const count = state.armed ? state.count + 1 : 1;
  return {
    state: { ...state, armed, count },
    ...(count > property.bound ? { details: `the goal did not come within ${property.bound} checks` } : {}),
  };
};

const check = (
  sim: Sim,
  property: Property,
  state: MonitorState,
  events: readonly MachineEvent[],
): Checked => {
  const plain = (details: string | undefined): Checked =>
    details === undefined ? { state } : { state, details };
  switch (property.kind) {
    case "noFaults": {
      const fault = events.find((event) => event.kind === "faulted");
      return plain(fault?.kind === "faulted" ? `${fault.role}: ${fault.fault.message}` : undefined);
    }
    case "bufferBound":
      return plain(bufferBound(sim, property));
    case "sendReceive":
      return sendReceive(property, state, events);
    case "monotonic":
      return monotonic(sim, property.sid, state);
    case "always":
      return plain(truthOf(property.predicate, observationOf(sim)) === false ? "it did not hold" : undefined);
    case "never":
      return plain(truthOf(property.predicate, observationOf(sim)) === true ? "it held" : undefined);
    case "eventually":
      return {
        state: { ...state, armed: state.armed || truthOf(property.predicate, observationOf(sim)) === true },
      };
    case "liveness":
      return liveness(property, state, observationOf(sim));
  }
};

const isFault = ({ event }: SimulatedEvent): boolean => event.kind === "faulted";

/**
 * Looks at every property after a round (spec/simulation.md §8), in order of
 * declaration. Each is reported once, where it first fails.
 */
export const watch = (sim: Sim, events: readonly MachineEvent[]): readonly FoundViolation[] => {
  const { scenario, state } = sim;
  const found: FoundViolation[] = [];
  state.monitors = scenario.properties.map((property, i) => {
    const before = state.monitors[i] as MonitorState;
    if (before.reported) return before;
    const { state: next, details } = check(sim, property, before, events);
    if (details === undefined) return next;
    const last = sim.trace.length - 1;
    const fault = property.kind === "noFaults" ? sim.trace.findLastIndex(isFault) : last;
    found.push(violationAt(sim, "round", property.name, details, fault));
    return { ...next, reported: true };
  });
  return found;
};

/** What never came, once the run has ended. */
export const watchEnd = (sim: Sim): readonly FoundViolation[] => {
  const { scenario, state } = sim;
  const lastWait = sim.trace.findLastIndex(({ event }) => event.kind === "blocked");
  const index = lastWait >= 0 ? lastWait : sim.trace.length - 1;
  return scenario.properties.flatMap((property, i) =>
    property.kind === "eventually" && !state.monitors[i]?.armed
      ? [violationAt(sim, "end", property.name, "it never held", index)]
      : [],
  );
};

/** Where the causes of standing still begin: the last wait of each role that is not done, and what it lost. */
const waits = ({ trace, machine }: Sim): readonly number[] => {
  const waiting = new Set(
    inspectCoroutines(machine).flatMap(({ status, role }) =>
      status.kind === "done" || status.kind === "faulted" ? [] : [role],
    ),
  );
  const last = new Map<string, number>();
  const lost: number[] = [];
  trace.forEach(({ event }, i) => {
    if ("role" in event && waiting.has(event.role)) last.set(event.role, i);
    if (event.kind === "discarded" && waiting.has(event.edge.to)) lost.push(i);
  });
  return [...last.values(), ...lost];
};

/** Messages that were sent to a role and not received: what a receive faults on is among them. */
const notReceived = ({ trace }: Sim, role: string): readonly number[] => {
  const sends = new Map<string, number>();
  trace.forEach(({ event }, i) => {
    if (event.kind !== "sent" && event.kind !== "received") return;
    if (event.edge.to !== role) return;
    const key = `${event.edge.from}\u0000${event.seq}`;
    if (event.kind === "sent") sends.set(key, i);
    else sends.delete(key);
  });
  return [...sends.values()];
};

const violationAt = (
  sim: Sim,
  when: FoundViolation["when"],
  property: string,
  details: string,
  index: number,
): FoundViolation => {
  const { clock: at, rounds: round } = sim.state;
  const still = plan(sim.machine).kind === "stuck" && observationOf(sim).moving !== true;
  const faulted = sim.trace[index]?.event;
  const unread = faulted?.kind === "faulted" ? notReceived(sim, faulted.role) : [];
  const roots = [...(index < 0 ? [] : [index]), ...unread, ...(still ? waits(sim) : [])];
  return { property, when, tick: sim.machine.tick, at, round, index, details, roots };
};
