import type { MachineEvent } from "@parley/wire";
import { passWindow, progressTimer } from "./progress.ts";
import type { Machine, Timer } from "./state.ts";
import { wakeNow } from "./wake.ts";

/** Why a timer cannot be taken; nothing has changed. */
export type TimerError =
  | { readonly kind: "no-timer"; readonly timer: string }
  /** Its scope does not handle being cancelled. */
  | { readonly kind: "no-cancel"; readonly timer: string };

export type TimerResult =
  | { readonly ok: true; readonly events: readonly MachineEvent[] }
  | { readonly ok: false; readonly error: TimerError };

/** Timers that still run, by (deadline, id): the order in which overdue ones fire (model §2.6). */
export const runningTimers = (machine: Machine): readonly Timer[] => {
  if (!machine.linked.timed) return [];
  return [...machine.sessions.values()]
    .flatMap(({ timers }) => [...timers.values()].filter(({ state }) => state === "running"))
    .sort((a, b) => a.deadline - b.deadline || (a.id < b.id ? -1 : 1));
};

/** Session time of the first deadline, `undefined` when no timer runs. */
export const nextDeadline = (machine: Machine): number | undefined => runningTimers(machine)[0]?.deadline;

const mark = (
  machine: Machine,
  sid: number,
  id: string,
  state: "timeout" | "cancel",
): TimerError | undefined => {
  const session = machine.sessions.get(sid);
  const timer = session?.timers.get(id);
  if (session === undefined || timer?.state !== "running") return { kind: "no-timer", timer: id };
  if (state === "cancel" && !timer.cancellable) return { kind: "no-cancel", timer: id };
  machine.version += 1;
  session.timers.set(id, { ...timer, state });
  machine.parts.sessions.touch(session);
  const owner = machine.coroutines.get(timer.coroutine);
  if (owner !== undefined) wakeNow(machine, owner);
  return undefined;
};

/** The timer of an operation held to a progress contract has run out. */
const passed = (machine: Machine, sid: number, id: string): readonly MachineEvent[] | undefined => {
  const session = machine.sessions.get(sid);
  const timer = session?.timers.get(id);
  if (session === undefined || timer === undefined || !session.progress.has(timer.scope)) return undefined;
  if (id !== progressTimer(timer.scope)) return undefined;
  machine.version += 1;
  return [
    { kind: "expired", tick: machine.tick, sid, timer: id },
    ...passWindow(machine, session, timer.scope),
  ];
};

/** A timer runs out; its owner leaves the scope when it runs next, whatever it waits for. One that watches an operation tells how that stands. */
export const expireTimer = (machine: Machine, sid: number, id: string): TimerResult => {
  const events = passed(machine, sid, id);
  if (events !== undefined) return { ok: true, events };
  const error = mark(machine, sid, id, "timeout");
  if (error !== undefined) return { ok: false, error };
  return { ok: true, events: [{ kind: "expired", tick: machine.tick, sid, timer: id }] };
};

/** Cancels the scope of a running timer, where its owner handles that. */
export const cancelScope = (machine: Machine, sid: number, id: string): TimerResult => {
  const error = mark(machine, sid, id, "cancel");
  return error === undefined ? { ok: true, events: [] } : { ok: false, error };
};
