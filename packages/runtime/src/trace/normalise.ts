import type { MachineEvent } from "@parley/wire";
import { sessionOf } from "./session-of.ts";

/**
 * Replaces the tick of every event that has a session by its place among the
 * events of that session, from 0; the order stays. Two runs that differ only in
 * how rounds of other sessions fell between have one normal form
 * (spec/machine-surfaces.md §16).
 */
export const normalise = (events: readonly MachineEvent[]): readonly MachineEvent[] => {
  const places = new Map<number, number>();
  return events.map((event) => {
    const sid = sessionOf(event);
    if (sid === undefined) return event;
    const place = places.get(sid) ?? 0;
    places.set(sid, place + 1);
    return { ...event, tick: place };
  });
};

/**
 * Normalises, and within each run of session events takes one event a session
 * in order of session id, round robin; events without a session are barriers.
 *
 * @example commute([b1, b2, a1]) // [a1, b1, b2] when a is session 0 and b session 1
 */
export const commute = (events: readonly MachineEvent[]): readonly MachineEvent[] => {
  const done: MachineEvent[] = [];
  let run: MachineEvent[] = [];
  for (const event of normalise(events)) {
    if (sessionOf(event) !== undefined) {
      run.push(event);
      continue;
    }
    done.push(...interleave(run), event);
    run = [];
  }
  return [...done, ...interleave(run)];
};

const interleave = (run: readonly MachineEvent[]): readonly MachineEvent[] => {
  const queues = new Map<number, MachineEvent[]>();
  for (const event of run) {
    const sid = sessionOf(event) ?? 0;
    const queue = queues.get(sid);
    if (queue === undefined) queues.set(sid, [event]);
    else queue.push(event);
  }
  const order = [...queues.keys()].sort((a, b) => a - b);
  const longest = Math.max(0, ...[...queues.values()].map(({ length }) => length));
  const result: MachineEvent[] = [];
  for (let lap = 0; lap < longest; lap += 1) {
    for (const sid of order) {
      const event = queues.get(sid)?.[lap];
      if (event !== undefined) result.push(event);
    }
  }
  return result;
};
