import type { MachineEvent } from "@parley/wire";
import type { Machine } from "../machine/state.ts";

/** What a predicate may look at: a state, and what has happened up to it. */
export interface Observation {
  readonly machine: Machine;
  readonly counts: EventCounts;
  /** Whether the world will move a machine on that cannot go on by itself: it is not stuck then. */
  readonly moving?: boolean;
}

/** How often each thing has happened, by its key; a fold of the events. */
export type EventCounts = ReadonlyMap<string, number>;

export const noCounts: EventCounts = new Map();

/** Keys an event counts under: `sent(Order)`, `sent(Buyer,Seller)`, `faults`. */
const keysOf = (event: MachineEvent): readonly string[] => {
  switch (event.kind) {
    case "sent":
    case "received": {
      const { from, to } = event.edge;
      return [event.kind, `${event.kind}(${event.label})`, `${event.kind}(${from},${to})`];
    }
    case "offered":
      return [`decided(${event.arm ?? event.label})`, "decided"];
    case "decided":
      return [`decided(${event.outcome})`, "decided"];
    case "discarded":
      return ["discarded", `discarded(${event.label})`];
    case "performed":
      return ["performed", `performed(${event.deed})`];
    case "faulted":
      return ["faults", `faults(${event.role})`];
    case "expired":
      return ["expired"];
    default:
      return [];
  }
};

/** Adds events to counts that are kept in place. */
export const countInto = (counts: Map<string, number>, events: readonly MachineEvent[]): void => {
  for (const event of events) for (const key of keysOf(event)) counts.set(key, (counts.get(key) ?? 0) + 1);
};

/** The counts after further events. */
export const countEvents = (counts: EventCounts, events: readonly MachineEvent[]): EventCounts => {
  if (events.length === 0) return counts;
  const next = new Map(counts);
  countInto(next, events);
  return next;
};
