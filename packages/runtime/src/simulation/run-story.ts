import type { MachineEvent } from "@parley/wire";
import type { Incident } from "./incident.ts";
import type { SimulationResult } from "./result.ts";

/** One thing that happened in a simulated run, in words. */
export interface StoryStep {
  /** Round and session time (ms). */
  readonly round: number;
  readonly at: number;
  readonly text: string;
  /** What a role did, what the world did to it, or what broke by then. */
  readonly tone: "role" | "fault" | "world" | "violation";
  /** The statement of the source, where there is one. */
  readonly edge?: string;
}

type Told = Pick<StoryStep, "text" | "tone" | "edge">;

const eventStep = (event: MachineEvent): Told | undefined => {
  switch (event.kind) {
    case "sent":
      return {
        text: `${event.edge.from} sends ${event.label} to ${event.edge.to}`,
        tone: "role",
        edge: event.edgeId,
      };
    case "received":
      return {
        text: `${event.edge.to} receives ${event.label} from ${event.edge.from}`,
        tone: "role",
        edge: event.edgeId,
      };
    case "performed":
      return { text: `${event.role}: ${event.deed}`, tone: "role", edge: event.edgeId };
    case "decided":
      return { text: `${event.role} decides for ${event.outcome}`, tone: "role" };
    case "left":
      return event.outcome === "done" || event.outcome === "told"
        ? undefined
        : { text: `${event.role} leaves its wait: ${event.outcome}`, tone: "role" };
    case "discarded":
      return {
        text: `${event.label} from ${event.edge.from} to ${event.edge.to} is thrown away: ${event.why}`,
        tone: "world",
      };
    case "faulted":
      return { text: `${event.role} faults: ${event.fault.message}`, tone: "fault" };
    case "halted":
      return { text: `${event.role} is done`, tone: "role" };
    default:
      return undefined;
  }
};

const carried = ({
  from,
  to,
  label,
}: {
  readonly from: string;
  readonly to: string;
  readonly label: string;
}) => `${label} from ${from} to ${to}`;

const incidentStep = (incident: Incident): Told | undefined => {
  const world = (text: string): Told => ({ text, tone: "world" });
  switch (incident.kind) {
    case "dropped":
      return world(`${carried(incident)} is lost: ${incident.why}`);
    case "delayed":
      return world(`${carried(incident)} is held for ${incident.ticks} ms`);
    case "corrupted":
      return world(`${carried(incident)} is changed on its way (${incident.how})`);
    case "replaced":
      return world(`${carried(incident)} is replaced${incident.into === null ? "" : ` by ${incident.into}`}`);
    case "crashed":
      return world(`${incident.role} crashes${incident.until === null ? "" : ` until ${incident.until} ms`}`);
    case "restarted":
      return world(`${incident.role} runs again`);
    case "reconfigured":
      return world(incident.what);
    case "timer":
      return world(`the time of ${incident.timer} is up`);
    default:
      return undefined;
  }
};

/**
 * A run step by step, as people tell it: what roles did, what the world did to
 * them, and where each property broke. In order of time; within a round, the
 * world's part first where it came first.
 */
export const runStory = (result: SimulationResult): readonly StoryStep[] => {
  const lost = new Set(
    result.incidents.flatMap((one) => (one.kind === "dropped" ? [`${one.from} ${one.to} ${one.seq}`] : [])),
  );
  const events = result.trace.flatMap(({ seq, at, event }, index) => {
    // The world tells of what it lost.
    if (event.kind === "discarded" && lost.has(`${event.edge.from} ${event.edge.to} ${event.seq}`)) return [];
    const told = eventStep(event);
    return told === undefined ? [] : [{ round: seq, at, ...told, place: index }];
  });
  const lastBefore = (at: number): number =>
    events.reduce((place, event) => (event.at <= at ? event.place : place), -1);
  const world = result.incidents.flatMap((incident, i) => {
    const told = incidentStep(incident);
    const { round, at } = incident;
    return told === undefined ? [] : [{ round, at, ...told, place: lastBefore(at) + (i + 1) / 1e7 }];
  });
  const broken = result.violations.map((violation, i) => ({
    round: violation.round,
    at: violation.at,
    text: `${violation.property} is violated: ${violation.details}`,
    tone: "violation" as const,
    place: (violation.when === "end" ? result.trace.length : violation.index) + 0.5 + i / 1e7,
  }));
  return [...events, ...world, ...broken]
    .sort((a, b) => a.at - b.at || a.place - b.place)
    .map(({ place: _place, ...step }) => step);
};
