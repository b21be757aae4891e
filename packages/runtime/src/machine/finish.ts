import type { Fault } from "@parley/wire";
import { mayWake } from "./may-wake.ts";
import { dropWatches } from "./progress.ts";
import { type EventSink, roleName, sessionOf } from "./round.ts";
import { dropLeftOver } from "./scopes.ts";
import { type Coroutine, done, type Machine } from "./state.ts";

const without = <T>(list: T[], item: T): void => {
  const at = list.indexOf(item);
  // Mostly the only one; taking the last keeps the list's storage.
  if (at >= 0 && at === list.length - 1) list.pop();
  else if (at >= 0) list.splice(at, 1);
};

/** Ends a wait, whatever it was for. The coroutine keeps its block reason until it runs. */
export const endWait = (machine: Machine, coroutine: Coroutine): void => {
  if (!coroutine.waiting) return;
  coroutine.waiting = false;
  if (coroutine.waitEdge !== undefined) {
    without(coroutine.waitEdge.readers, coroutine);
    without(coroutine.waitEdge.writers, coroutine);
    coroutine.waitEdge = undefined;
  }
  if (coroutine.pending) {
    coroutine.pending = false;
    without(machine.pending, coroutine);
  }
  machine.asking.delete(coroutine);
  machine.parts.coroutines.touch(coroutine);
};

/** A finished session completes and stops counting (design §6); one in which a role faulted has failed. */
const settle = (machine: Machine, sid: number, tick: number, events: EventSink): void => {
  const session = sessionOf(machine, sid);
  session.live -= 1;
  machine.live -= 1;
  machine.parts.sessions.touch(session);
  if (session.live > 0 || session.status.kind !== "active") return;
  if (session.faults > 0) {
    session.status = { kind: "faulted", reason: "a role faulted" };
  } else {
    session.status = { kind: "completed" };
    if (machine.linked.scoped) dropLeftOver(machine, session, events);
    events.push({ kind: "completed", tick, sid });
  }
};

/** The timers of one that faults in its scopes. */
const dropTimers = (machine: Machine, coroutine: Coroutine): void => {
  const session = sessionOf(machine, coroutine.sid);
  for (const { timer } of coroutine.scopes) if (timer !== undefined) session.timers.delete(timer);
  machine.parts.sessions.touch(session);
};

const retire = (machine: Machine, coroutine: Coroutine): void => {
  endWait(machine, coroutine);
  machine.queue.remove(coroutine);
  machine.parts.coroutines.touch(coroutine);
  if (coroutine.scopes.length > 0) dropTimers(machine, coroutine);
  const session = sessionOf(machine, coroutine.sid);
  if (session.progress.size > 0 && dropWatches(session, coroutine)) machine.parts.sessions.touch(session);
  const parent = coroutine.parent === undefined ? undefined : machine.coroutines.get(coroutine.parent);
  if (parent !== undefined) mayWake(machine, parent);
};

/** Ends a coroutine well. */
export const finishCoroutine = (
  machine: Machine,
  coroutine: Coroutine,
  tick: number,
  events: EventSink,
): void => {
  coroutine.status = done;
  retire(machine, coroutine);
  const role = roleName(machine, coroutine.role);
  events.push({ kind: "halted", tick, coroutine: coroutine.id, role });
  settle(machine, coroutine.sid, tick, events);
};

/** Ends a coroutine with a fault; the others of its session go on. */
export const faultCoroutine = (
  machine: Machine,
  coroutine: Coroutine,
  fault: Fault,
  tick: number,
  events: EventSink,
): void => {
  coroutine.status = { kind: "faulted", fault };
  retire(machine, coroutine);
  sessionOf(machine, coroutine.sid).faults += 1;
  const role = roleName(machine, coroutine.role);
  events.push({ kind: "faulted", tick, coroutine: coroutine.id, role, fault });
  settle(machine, coroutine.sid, tick, events);
};

/** Ends whoever still waits or runs in a session that closes; `tick` is the round's. */
export const endSession = (machine: Machine, sid: number, except?: Coroutine): void => {
  const session = sessionOf(machine, sid);
  session.timers.clear();
  for (const edge of session.edges) {
    edge.frames.clear();
    machine.parts.edges.touch(edge);
  }
  for (const coroutine of machine.coroutines.values()) {
    if (coroutine.sid !== sid) continue;
    for (const endpoint of coroutine.owned) endpoint.type = -1;
    machine.parts.coroutines.touch(coroutine);
    if (coroutine === except) continue;
    if (coroutine.status.kind === "done" || coroutine.status.kind === "faulted") continue;
    coroutine.status = done;
    endWait(machine, coroutine);
    machine.queue.remove(coroutine);
    session.live -= 1;
    machine.live -= 1;
  }
  machine.parts.sessions.touch(session);
};
