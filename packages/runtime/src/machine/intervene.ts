import type { MachineEvent } from "@parley/wire";
import { mayWake } from "./may-wake.ts";
import { type Corruption, type EdgeState, type Frame, type Machine, ready } from "./state.ts";
import { applyTopology, corrupted, type TopologyEvent } from "./topology.ts";
import { isHeld } from "./wake.ts";

/** What may be done to one frame on its way; `overtake` lets what is behind it go first. */
export type FrameFault = "drop" | "duplicate" | "overtake" | Corruption;

/**
 * What a person may do to sites and to the network of a running session: the
 * reference's topology events, and two of our own, which it has only in
 * simulations: a crashed site comes back with what it had, and a frame on its
 * way is lost, doubled, overtaken or garbled.
 */
export type Intervention =
  | TopologyEvent
  | { readonly kind: "restart"; readonly site: string }
  | {
      readonly kind: "frame";
      readonly from: string;
      readonly to: string;
      /** Number of the frame on its edge. */
      readonly seq: number;
      readonly fault: FrameFault;
    };

/** Why an intervention is not possible now; nothing has changed. */
export type InterventionError =
  | { readonly kind: "not-down"; readonly site: string; readonly down: readonly string[] }
  | {
      readonly kind: "no-frame";
      readonly from: string;
      readonly to: string;
      readonly seq: number;
      readonly inFlight: readonly number[];
    }
  | { readonly kind: "edge-full"; readonly from: string; readonly to: string; readonly capacity: number };

/** The edge between two roles; of several sessions the one with this frame on it. */
const edgeOf = (machine: Machine, from: string, to: string, seq: number): EdgeState | undefined => {
  const edges = [...machine.sessions.values()].flatMap((session) =>
    session.edges.filter(({ name }) => name.from === from && name.to === to),
  );
  return edges.find((edge) => edge.frames.list().some((frame) => frame.seq === seq)) ?? edges[0];
};

/** Why the machine would refuse an intervention; of unknown sites and edges the caller knows. Reads only. */
export const interventionError = (machine: Machine, event: Intervention): InterventionError | undefined => {
  if (event.kind === "restart")
    return machine.crashed.has(event.site)
      ? undefined
      : { kind: "not-down", site: event.site, down: [...machine.crashed].sort() };
  if (event.kind !== "frame") return undefined;
  const { from, to, seq, fault } = event;
  const edge = edgeOf(machine, from, to, seq);
  const inFlight = edge?.frames.list().map((frame) => frame.seq) ?? [];
  if (edge === undefined || !inFlight.includes(seq)) return { kind: "no-frame", from, to, seq, inFlight };
  const room = machine.config.buffers.mode === "latestValue" ? 1 : edge.capacity;
  const full = fault === "duplicate" && edge.frames.length >= room;
  return full ? { kind: "edge-full", from, to, capacity: edge.capacity } : undefined;
};

const observed = (machine: Machine, name: string, fields: { readonly [key: string]: unknown }) =>
  ({ kind: "observed", tick: machine.tick + 1, name, fields }) as const;

/** Whether a crash is why a coroutine faulted: nothing else ends with these words. */
const byCrash = (machine: Machine, id: number, site: string): boolean => {
  const status = machine.coroutines.get(id)?.status;
  return status?.kind === "faulted" && status.fault.message.includes(`site ${site} crashed`);
};

/**
 * A site comes back with the state it had: its coroutines go on at the
 * instruction they stood at. A session that failed by crashes alone, all of
 * them mended now, is active again. Timers that the crash ended stay ended.
 */
const restart = (machine: Machine, site: string): readonly MachineEvent[] => {
  machine.version += 1;
  machine.crashed.delete(site);
  const role = machine.linked.roleIndex.get(site);
  for (const coroutine of machine.coroutines.values()) {
    if (coroutine.role !== role || !byCrash(machine, coroutine.id, site)) continue;
    coroutine.status = ready;
    machine.parts.coroutines.touch(coroutine);
    machine.live += 1;
    const session = machine.sessions.get(coroutine.sid);
    if (session !== undefined) {
      session.live += 1;
      session.faults -= 1;
    }
    if (!isHeld(machine, coroutine.role, machine.tick + 1)) machine.queue.push(coroutine);
  }
  for (const session of machine.sessions.values()) {
    machine.parts.sessions.touch(session);
    if (session.status.kind === "faulted" && session.faults === 0 && machine.crashed.size === 0)
      session.status = { kind: "active" };
  }
  return [observed(machine, "SiteRestarted", { site })];
};

type FrameEvent = Extract<Intervention, { readonly kind: "frame" }>;

/** The frames as the fault leaves them, oldest first. */
const harmed = (frames: readonly Frame[], at: number, fault: FrameFault): readonly Frame[] => {
  const frame = frames[at];
  if (frame === undefined) return frames;
  const [before, behind] = [frames.slice(0, at), frames.slice(at + 1)];
  switch (fault) {
    case "drop":
      return [...before, ...behind];
    case "duplicate":
      return [...before, frame, { ...frame, injected: true }, ...behind];
    case "overtake":
      return [...before, ...behind, frame];
    default:
      return [...before, { ...frame, payload: corrupted(frame.payload, fault), injected: true }, ...behind];
  }
};

const harm = (machine: Machine, { from, to, seq, fault }: FrameEvent): readonly MachineEvent[] => {
  const edge = edgeOf(machine, from, to, seq);
  const frames = edge?.frames.list() ?? [];
  const at = frames.findIndex((frame) => frame.seq === seq);
  const label = frames[at]?.label;
  if (edge === undefined || label === undefined) return [];
  machine.version += 1;
  edge.frames.clear();
  for (const frame of harmed(frames, at, fault)) edge.frames.push(frame);
  machine.parts.edges.touch(edge);
  for (const one of [...edge.readers, ...edge.writers]) mayWake(machine, one);
  const about = { edge: edge.name, seq, label };
  return fault === "drop"
    ? [{ kind: "discarded", tick: machine.tick + 1, ...about, why: "lost on its way" }]
    : [observed(machine, "FrameHarmed", { ...about, fault })];
};

/**
 * Applies what `interventionError` lets pass. Like a topology event it belongs
 * to the round that follows.
 *
 * @example intervene(machine, { kind: "frame", from: "A", to: "B", seq: 0, fault: "drop" })
 */
export const intervene = (machine: Machine, event: Intervention): readonly MachineEvent[] => {
  switch (event.kind) {
    case "restart":
      return restart(machine, event.site);
    case "frame":
      return harm(machine, event);
    default:
      return applyTopology(machine, event);
  }
};
