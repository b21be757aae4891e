import type { MachineEvent, SessionInput, Value } from "@parley/wire";
import type { CodeImage } from "../machine/code/image.ts";
import type { Incident, IncidentMessage } from "./incident.ts";
import type { Scenario } from "./scenario.ts";
import type { Sim } from "./sim-state.ts";
import { type Simulation, startSimulation } from "./simulate.ts";

/** One step of a simulated run as a session of the same protocol is asked for it. */
export type SessionStep =
  /** Only this role goes on, with these answers, to its next event. */
  | {
      readonly kind: "role";
      readonly role: string;
      readonly answers: readonly SessionInput[];
      /** What must come of it: `sent A B Order`; as {@link happeningOf} says it. */
      readonly expect: string;
    }
  /** The world acts on a message; the head the session is at is to be named. */
  | { readonly kind: "fault"; readonly input: SessionInput }
  /** The clock is moved on by so much since the opening, ms. */
  | { readonly kind: "clock"; readonly at: number };

/** A simulated run as steps of a session, and who stays down at its end. */
export interface SessionReplay {
  readonly steps: readonly SessionStep[];
  readonly down: readonly string[];
}

/** What an event that ends a step says, for comparing runs; nothing for the others. */
export const happeningOf = (event: MachineEvent): string | undefined => {
  switch (event.kind) {
    case "sent":
    case "received":
      return `${event.kind} ${event.edge.from} ${event.edge.to} ${event.label}`;
    case "performed":
      return `performed ${event.role} ${event.deed}`;
    case "decided":
      return `decided ${event.role} ${event.outcome}`;
    case "entered":
    case "left":
    case "joined":
    case "halted":
    case "faulted":
      return `${event.kind} ${event.role}`;
    default:
      return undefined;
  }
};

const roleOf = (event: MachineEvent): string => {
  if (event.kind === "sent") return event.edge.from;
  if (event.kind === "received") return event.edge.to;
  return "role" in event ? event.role : "";
};

const edgeKey = (from: string, to: string): string => `${from}\u0000${to}`;

/** A value as JSON can carry it: naturals beyond 2^53 as decimal text. */
const plain = (value: Value): Value => {
  if (value.kind === "prod") return { ...value, left: plain(value.left), right: plain(value.right) };
  if (value.kind !== "nat" || typeof value.value !== "bigint") return value;
  const number = Number(value.value);
  return (
    Number.isSafeInteger(number)
      ? { kind: "nat", value: number }
      : { kind: "nat", value: String(value.value) }
  ) as Value;
};

/** The frames a session has on an edge, by the numbers of the run and of the session. */
interface Line {
  received: number;
  frames: readonly { readonly run: number; readonly session: number }[];
}

class Replay {
  readonly steps: SessionStep[] = [];
  private readonly lines = new Map<string, Line>();
  private readonly sim: Sim;

  constructor(sim: Sim) {
    this.sim = sim;
  }

  private line(from: string, to: string): Line {
    const key = edgeKey(from, to);
    const known = this.lines.get(key) ?? { received: 0, frames: [] };
    this.lines.set(key, known);
    return known;
  }

  private frameFault(from: string, to: string, seq: number, fault: "drop" | "overtake"): void {
    const event = { kind: "frame", from, to, seq, fault };
    this.steps.push({ kind: "fault", input: { kind: "topology", event } });
  }

  /** What of a message the run goes on with: its label and payload as they are now. */
  private present({ from, to, seq }: IncidentMessage, events: readonly MachineEvent[]) {
    const flying = this.sim.state.inFlight.find(
      ({ place, frame }) => place.from === from && place.to === to && frame.seq === seq,
    );
    if (flying !== undefined) return flying.frame;
    for (const session of this.sim.machine.sessions.values())
      for (const edge of session.edges) {
        if (edge.name.from !== from || edge.name.to !== to) continue;
        const frame = edge.frames.list().find((one) => one.seq === seq);
        if (frame !== undefined) return frame;
      }
    const taken = events.find(
      (event) =>
        event.kind === "received" && event.edge.from === from && event.edge.to === to && event.seq === seq,
    );
    return taken?.kind === "received" ? taken : undefined;
  }

  /** Whether the incident is about a message the session has on its way. */
  known(incident: Incident): boolean {
    return (
      "seq" in incident &&
      this.line(incident.from, incident.to).frames.some(({ run }) => run === incident.seq)
    );
  }

  incident(incident: Incident, events: readonly MachineEvent[]): void {
    if (incident.kind === "timer") {
      this.steps.push({ kind: "clock", at: this.sim.state.clock });
      return;
    }
    if (incident.kind !== "dropped" && incident.kind !== "corrupted" && incident.kind !== "replaced") return;
    const { from, to, seq } = incident;
    const line = this.line(from, to);
    const at = line.frames.findIndex(({ run }) => run === seq);
    const frame = line.frames[at];
    if (frame === undefined) return;
    const now = incident.kind === "dropped" ? undefined : this.present(incident, events);
    // Lost in the same breath: the loss is told by itself.
    if (incident.kind !== "dropped" && now === undefined) return;
    this.frameFault(from, to, frame.session, "drop");
    line.frames = line.frames.filter((one) => one !== frame);
    if (now === undefined) return;
    const { label, payload } = now;
    const input: SessionInput = { kind: "inject", from, to, label, value: plain(payload) };
    this.steps.push({ kind: "fault", input });
    line.frames = [...line.frames, { run: seq, session: line.received + line.frames.length }];
  }

  /** What lies on an edge of the run now, by number, in order. */
  private lying(from: string, to: string): readonly number[] {
    for (const session of this.sim.machine.sessions.values())
      for (const { name, frames } of session.edges)
        if (name.from === from && name.to === to) return frames.list().map(({ seq }) => seq);
    return [];
  }

  /**
   * What had arrived for a role comes first, in the order it arrived: `taken`
   * by it just now, then what still lies there; what is still on its way, last.
   */
  private order(from: string, to: string, taken: number | undefined): void {
    const line = this.line(from, to);
    const lying = this.lying(from, to);
    const flying = new Set(
      this.sim.state.inFlight.flatMap(({ place, frame }) =>
        place.from === from && place.to === to ? [frame.seq] : [],
      ),
    );
    const rank = ({ run }: { readonly run: number }): number => {
      if (run === taken) return -2;
      const at = lying.indexOf(run);
      return at >= 0 ? at : flying.has(run) ? Number.POSITIVE_INFINITY : -1;
    };
    const wanted = [...line.frames].sort((a, b) => {
      const [one, other] = [rank(a), rank(b)];
      return one === other ? 0 : one - other;
    });
    const first = wanted.findIndex((frame, i) => frame !== line.frames[i]);
    if (first < 0) return;
    for (const frame of wanted.slice(first)) this.frameFault(from, to, frame.session, "overtake");
    line.frames = wanted;
  }

  /** Puts the edges to a role in the order of the run before it goes on. */
  private orderFor(role: string, event: MachineEvent): void {
    if (event.kind === "received") {
      const { from, to } = event.edge;
      this.order(from, to, event.seq);
      const line = this.line(from, to);
      line.frames = line.frames.filter(({ run }) => run !== event.seq);
      line.received += 1;
    } else if (event.kind === "faulted")
      for (const key of this.lines.keys()) {
        const [from = "", to = ""] = key.split("\u0000");
        if (to === role) this.order(from, to, undefined);
      }
  }

  /** One round that shows something: who went on, what was answered, what came of it. */
  round(events: readonly MachineEvent[], decided: string | undefined, stepAt: StepAt): void {
    const event = events.find((one) => happeningOf(one) !== undefined);
    const expect = event && happeningOf(event);
    if (event === undefined || expect === undefined) return;
    const role = roleOf(event);
    this.orderFor(role, event);
    if (event.kind === "entered" && event.deadline !== undefined)
      this.steps.push({ kind: "clock", at: this.sim.state.clock });
    const endpoint = ("endpoint" in event ? event.endpoint : undefined) ?? "";
    const ref = { seat: role, endpoint, step: stepAt(role, endpoint) };
    const answers: SessionInput[] = [];
    if (decided !== undefined)
      answers.push({ kind: "decide", label: event.kind === "sent" ? event.label : decided, ...ref });
    const value = valueGiven(event);
    if (value !== undefined) answers.push({ kind: "payload", value: plain(value), ...ref });
    this.steps.push({ kind: "role", role, answers, expect });
    if (event.kind !== "sent") return;
    const line = this.line(event.edge.from, event.edge.to);
    line.frames = [...line.frames, { run: event.seq, session: event.seq }];
  }
}

/** The value somebody gave for an event: a message's payload, the world's answer. */
const valueGiven = (event: MachineEvent): Value | undefined => {
  if (event.kind === "sent")
    return event.payload.kind === "unit" || event.control !== undefined ? undefined : event.payload;
  if (event.kind !== "performed") return undefined;
  const { answer } = event.detail;
  return answer !== null && typeof answer === "object" ? (answer as Value) : undefined;
};

type StepAt = (role: string, endpoint: string) => number;

/** How far every endpoint has come by now. */
const stepsNow = ({ machine }: Sim): StepAt => {
  const steps = new Map<string, number>();
  const roles = machine.image.roles;
  for (const session of machine.sessions.values())
    for (const { role, path, step } of session.endpoints) steps.set(`${roles[role]} ${path}`, step);
  for (const { endpoint } of machine.coroutines.values())
    if (endpoint !== undefined) steps.set(`${roles[endpoint.role]} ${endpoint.path}`, endpoint.step);
  return (role, endpoint) => steps.get(`${role} ${endpoint}`) ?? 0;
};

/** One pass of the run: what the world did to what was there, the round, what it did to what was sent. */
const pass = (simulation: Simulation, replay: Replay): void => {
  const { sim } = simulation;
  const [events, incidents, decisions] = [sim.trace.length, sim.incidents.length, sim.decisions.length];
  const stepAt = stepsNow(sim);
  simulation.step();
  const fresh = sim.trace.slice(events).map(({ event }) => event);
  const happened = sim.incidents.slice(incidents);
  const before = happened.filter((incident) => incident.kind === "timer" || replay.known(incident));
  for (const incident of before) replay.incident(incident, fresh);
  replay.round(fresh, sim.decisions[decisions]?.take, stepAt);
  for (const incident of happened) if (!before.includes(incident)) replay.incident(incident, fresh);
};

/** More steps than that are no session to look at. */
export const MAX_REPLAY = 5_000;

/**
 * A simulated run as what a session of the same protocol is asked for, step by
 * step: one role at a time goes on, with the run's decisions and payloads;
 * losses and forgeries are interventions, waits that end move the clock. The
 * session should be opened with a manual drive and clock and decisions asked
 * for, and every role paused. Nothing when the scenario does not fit; a run of
 * more than `MAX_REPLAY` steps is cut there.
 */
export const sessionReplay = (image: CodeImage, scenario: Scenario): SessionReplay | undefined => {
  const started = startSimulation(image, scenario);
  if (!started.ok) return undefined;
  const { simulation } = started;
  const replay = new Replay(simulation.sim);
  while (!simulation.over && replay.steps.length < MAX_REPLAY) pass(simulation, replay);
  return { steps: replay.steps, down: simulation.sim.state.crashed };
};
