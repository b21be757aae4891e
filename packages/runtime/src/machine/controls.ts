import type { MachineEvent, Value } from "@parley/wire";
import { endSession } from "./finish.ts";
import { mayWake } from "./may-wake.ts";
import { removeCoroutine } from "./open.ts";
import { roleName } from "./round.ts";
import type { Frame, Machine, Session } from "./state.ts";
import { isHeld } from "./wake.ts";

/** Why the machine refused a control; nothing has changed. */
export type ControlError =
  | { readonly kind: "no-session"; readonly sid: number }
  | { readonly kind: "session-ended"; readonly sid: number; readonly status: string }
  | { readonly kind: "no-edge"; readonly sid: number; readonly from: string; readonly to: string }
  | { readonly kind: "edge-full"; readonly sid: number; readonly from: string; readonly to: string };

export type ControlResult =
  | { readonly ok: true; readonly events: readonly MachineEvent[] }
  | { readonly ok: false; readonly error: ControlError };

/** Keeps a role from being scheduled; what it holds stays. Applies to every session of the machine. */
export const pauseRole = (machine: Machine, role: string): readonly MachineEvent[] => {
  if (machine.paused.has(role)) return [];
  machine.version += 1;
  machine.paused.add(role);
  return [{ kind: "paused", tick: machine.tick, role }];
};

/** Lets a paused role run again; one that lost its place in the queue goes to the tail. */
export const resumeRole = (machine: Machine, role: string): readonly MachineEvent[] => {
  if (!machine.paused.delete(role)) return [];
  machine.version += 1;
  for (const coroutine of machine.coroutines.values()) {
    if (roleName(machine, coroutine.role) !== role || coroutine.waiting) continue;
    if (coroutine.status.kind === "done" || coroutine.status.kind === "faulted") continue;
    if (isHeld(machine, coroutine.role, machine.tick + 1)) continue;
    machine.queue.push(coroutine);
    machine.parts.coroutines.touch(coroutine);
  }
  return [{ kind: "resumed", tick: machine.tick, role }];
};

const openSession = (machine: Machine, sid: number): Session | ControlError => {
  const session = machine.sessions.get(sid);
  if (session === undefined) return { kind: "no-session", sid };
  return session.status.kind === "active"
    ? session
    : { kind: "session-ended", sid, status: session.status.kind };
};

export interface Injection {
  readonly sid: number;
  readonly from: string;
  readonly to: string;
  readonly label: string;
  readonly payload: Value;
  /** Defaults to the number the receiver would expect at the tail of the edge. */
  readonly seq?: number;
}

/** Puts a frame on an edge that no role sent. The sender's own numbering is not touched. */
export const inject = (machine: Machine, injection: Injection): ControlResult => {
  const { sid, from, to } = injection;
  const session = openSession(machine, sid);
  if ("kind" in session) return { ok: false, error: session };
  const sender = machine.linked.roleIndex.get(from);
  const receiver = machine.linked.roleIndex.get(to);
  const index =
    sender === undefined || receiver === undefined
      ? undefined
      : machine.linked.edgeIndex.get(sender * machine.image.roles.length + receiver);
  const edge = index === undefined ? undefined : session.edges[index];
  if (edge === undefined) return { ok: false, error: { kind: "no-edge", sid, from, to } };
  const latest = machine.config.buffers.mode === "latestValue";
  if (!latest && edge.frames.length >= edge.capacity)
    return { ok: false, error: { kind: "edge-full", sid, from, to } };
  const frame: Frame = {
    seq: injection.seq ?? edge.received + edge.frames.length,
    label: injection.label,
    payload: injection.payload,
    injected: true,
  };
  machine.version += 1;
  if (latest) edge.frames.clear();
  edge.frames.push(frame);
  machine.parts.edges.touch(edge);
  for (const reader of edge.readers) mayWake(machine, reader);
  return { ok: true, events: [] };
};

/** Closes a session: its roles end, its edges are emptied; it refuses everything from then on. */
export const closeSession = (machine: Machine, sid: number): ControlResult => {
  const session = openSession(machine, sid);
  if ("kind" in session) return { ok: false, error: session };
  machine.version += 1;
  session.status = { kind: "closed" };
  session.epoch += 1;
  endSession(machine, sid);
  return { ok: true, events: [{ kind: "closed", tick: machine.tick, sid }] };
};

/** Cancels a session: as closing, with the reason kept. */
export const cancelSession = (machine: Machine, sid: number, reason: string): ControlResult => {
  const session = openSession(machine, sid);
  if ("kind" in session) return { ok: false, error: session };
  machine.version += 1;
  session.status = { kind: "cancelled", reason };
  session.epoch += 1;
  endSession(machine, sid);
  return { ok: true, events: [{ kind: "cancelled", tick: machine.tick, sid }] };
};

/** Forgets one ended session and its coroutines. */
export const reapSession = (machine: Machine, sid: number): boolean => {
  const session = machine.sessions.get(sid);
  if (session === undefined || session.status.kind === "active" || session.live > 0) return false;
  machine.version += 1;
  for (const coroutine of [...machine.coroutines.values()])
    if (coroutine.sid === sid) removeCoroutine(machine, coroutine);
  for (const edge of session.edges) machine.parts.edges.release(edge);
  machine.parts.sessions.release(session);
  machine.sessions.delete(sid);
  return true;
};
