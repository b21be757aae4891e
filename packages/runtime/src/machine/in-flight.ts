import { mayWake } from "./may-wake.ts";
import { calledOut } from "./scopes.ts";
import type { EdgeState, Frame, Machine } from "./state.ts";
import { wakeNow } from "./wake.ts";

/** Where a frame is: an edge of a session, by names. */
export interface FramePlace {
  readonly sid: number;
  readonly from: string;
  readonly to: string;
}

const edgeAt = (machine: Machine, { sid, from, to }: FramePlace): EdgeState | undefined => {
  const [sender, receiver] = [machine.linked.roleIndex.get(from), machine.linked.roleIndex.get(to)];
  if (sender === undefined || receiver === undefined) return undefined;
  const index = machine.linked.edgeIndex.get(sender * machine.image.roles.length + receiver);
  return index === undefined ? undefined : machine.sessions.get(sid)?.edges[index];
};

/**
 * Takes the frame numbered `seq` back off its edge: it is in the network's
 * hands now. For simulators; `undefined` when it is not there (any more).
 */
export const takeFrame = (machine: Machine, place: FramePlace, seq: number): Frame | undefined => {
  const edge = edgeAt(machine, place);
  const frames = edge?.frames.list() ?? [];
  const frame = frames.find((one) => one.seq === seq);
  if (edge === undefined || frame === undefined) return undefined;
  machine.version += 1;
  edge.frames.clear();
  for (const other of frames) if (other !== frame) edge.frames.push(other);
  machine.parts.edges.touch(edge);
  for (const writer of edge.writers) mayWake(machine, writer);
  return frame;
};

/**
 * Lets a frame arrive at the tail of its edge and wakes who waits for it.
 * `full` leaves it with the caller; `gone` means nobody will ever read it.
 */
export const putFrame = (machine: Machine, place: FramePlace, frame: Frame): "arrived" | "full" | "gone" => {
  const edge = edgeAt(machine, place);
  const session = machine.sessions.get(place.sid);
  if (edge === undefined || session === undefined || session.live === 0) return "gone";
  if (session.status.kind === "closed" || session.status.kind === "cancelled") return "gone";
  const latest = machine.config.buffers.mode === "latestValue";
  if (!latest && frame.exit === undefined && edge.frames.length >= edge.capacity) return "full";
  machine.version += 1;
  if (latest) edge.frames.clear();
  edge.frames.push(frame);
  machine.parts.edges.touch(edge);
  for (const reader of edge.readers) mayWake(machine, reader);
  for (const coroutine of calledOut(machine, edge, frame)) wakeNow(machine, coroutine);
  return "arrived";
};
