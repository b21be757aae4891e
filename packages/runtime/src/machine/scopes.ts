/**
 * Timeout scopes on the machine (model §3). An instance of a scope is known by
 * its tags: the instances around it and its own, each with its lap. Laps are
 * counted per role within the instance around, so that roles which leave an
 * outer scope at different places agree about the next lap of an inner one.
 */
import { mayWake } from "./may-wake.ts";
import type { EventSink } from "./round.ts";
import {
  type Coroutine,
  type EdgeState,
  type Frame,
  type Machine,
  noTags,
  type ScopeFrame,
  type ScopeTag,
  type Session,
} from "./state.ts";

/** Why a frame of a scope its receiver has left is discarded. */
export const SCOPE_LEFT = "its scope was left";

const tagText = ({ id, lap }: ScopeTag): string => `${id}#${lap}`;

/** Where the laps of the scopes directly within an instance are kept. */
const lapKey = (role: number, around: readonly ScopeTag[], scope: string): string =>
  `${role}/${around.map((tag) => `${tagText(tag)}/`).join("")}${scope}`;

/**
 * The id of an owner's timer: `2#0` for the first lap of the scope at path 2,
 * `1#3/1.body.0#0` within the fourth of another, `2#0@1` in a parallel arm.
 */
export const timerId = (tags: readonly ScopeTag[], path: string): string =>
  `${tags.map(tagText).join("/")}${path === "" ? "" : `@${path}`}`;

/** The scopes a coroutine is in, its parents' included. */
export const tagsOf = (coroutine: Coroutine): readonly ScopeTag[] =>
  coroutine.scopes.at(-1)?.tags ?? coroutine.outer;

/** Counts the role in; answers the tags of the instance it is in from now on. */
export const countIn = (session: Session, coroutine: Coroutine, scope: string): readonly ScopeTag[] => {
  const around = tagsOf(coroutine);
  const key = lapKey(coroutine.role, around, scope);
  const lap = session.laps.get(key)?.count ?? 0;
  session.laps.set(key, { count: lap + 1, inside: true });
  return [...around, { id: scope, lap }];
};

/** The lap of a scope the role has left last, as its exit tells it. */
export const lastLap = (session: Session, coroutine: Coroutine, scope: string): number =>
  (session.laps.get(lapKey(coroutine.role, tagsOf(coroutine), scope))?.count ?? 1) - 1;

/** Counts the role out of an instance and forgets the laps within it. */
export const countOut = (session: Session, role: number, tags: readonly ScopeTag[]): void => {
  const own = tags.at(-1);
  if (own === undefined) return;
  const key = lapKey(role, tags.slice(0, -1), own.id);
  const lap = session.laps.get(key);
  if (lap !== undefined) session.laps.set(key, { ...lap, inside: false });
  const within = `${key}#${own.lap}/`;
  for (const other of [...session.laps.keys()]) if (other.startsWith(within)) session.laps.delete(other);
};

/** Whether the receiver has left a scope the frame was sent in. */
const isStale = (session: Session, receiver: number, frame: Frame): boolean => {
  const { within } = frame;
  if (within === undefined) return false;
  for (let i = 0; i < within.length; i += 1) {
    const tag = within[i] as ScopeTag;
    const lap = session.laps.get(lapKey(receiver, within.slice(0, i), tag.id));
    if (lap === undefined || tag.lap >= lap.count) return false;
    if (tag.lap < lap.count - 1 || !lap.inside) return true;
  }
  return false;
};

const discard = (machine: Machine, edge: EdgeState, frame: Frame, events: EventSink): void => {
  edge.frames.shift();
  edge.received += 1;
  const { seq, label } = frame;
  events.push({ kind: "discarded", tick: machine.tick, edge: edge.name, seq, label, why: SCOPE_LEFT });
};

const dropWhile = (
  machine: Machine,
  edge: EdgeState,
  events: EventSink,
  drop: (frame: Frame) => boolean,
): boolean => {
  let dropped = false;
  for (let frame = edge.frames.peek(); frame !== undefined && drop(frame); frame = edge.frames.peek()) {
    discard(machine, edge, frame, events);
    // A frame let go of on purpose is no gap in the numbers.
    if (machine.config.replay === "sequence") edge.received = frame.seq + 1;
    dropped = true;
  }
  if (!dropped) return false;
  machine.parts.edges.touch(edge);
  for (const writer of edge.writers) mayWake(machine, writer);
  return true;
};

/**
 * Drops the frames at the head of an edge whose scope the receiver has left;
 * answers whether there were any. They always stand at the head: what is sent
 * after a scope is read after it.
 */
export const dropStale = (machine: Machine, edge: EdgeState, events: EventSink): boolean => {
  const session = machine.sessions.get(edge.sid);
  return (
    session !== undefined && dropWhile(machine, edge, events, (frame) => isStale(session, edge.to, frame))
  );
};

/** Drops what stands before the frame at `position`. */
export const dropBefore = (machine: Machine, edge: EdgeState, position: number, events: EventSink): void => {
  let left = position;
  dropWhile(machine, edge, events, () => {
    left -= 1;
    return left >= 0;
  });
};

/** Once nobody reads any more: what is left of scopes goes, visibly. */
export const dropLeftOver = (machine: Machine, session: Session, events: EventSink): void => {
  for (const edge of session.edges) dropWhile(machine, edge, events, (frame) => frame.within !== undefined);
};

/** How a coroutine must leave a scope now, before anything else it would do. */
export interface Preemption {
  /** Index among its scopes. */
  readonly index: number;
  readonly outcome: "timeout" | "cancel" | "told";
  /** Where it was told. */
  readonly edge?: EdgeState;
  /** Position of the control frame on that edge. */
  readonly position: number;
}

const sameTags = (a: readonly ScopeTag[], b: readonly ScopeTag[]): boolean =>
  a.length === b.length && a.every((tag, i) => tag.id === b[i]?.id && tag.lap === b[i]?.lap);

/**
 * Whether a frame was sent in the very scopes its receiver is in. One that was
 * not comes from somebody who has left them already, and waits until the
 * receiver has been told so too.
 */
export const isOfNow = (coroutine: Coroutine, frame: Frame): boolean =>
  frame.injected === true || sameTags(frame.within ?? noTags, tagsOf(coroutine));

/** Whether the frame says that its sender left this instance otherwise than by completion. */
const callsOut = (frame: Frame, tags: readonly ScopeTag[]): boolean =>
  frame.exit !== undefined &&
  frame.exit.outcome !== "done" &&
  sameTags([...(frame.within ?? noTags), frame.exit], tags);

const told = (machine: Machine, session: Session, coroutine: Coroutine, frame: ScopeFrame) => {
  const own = machine.linked.programs[coroutine.role]?.linked[frame.state]?.own;
  const edge = own?.kind === "scope" ? session.edges[own.ownerEdge] : undefined;
  if (edge === undefined || edge.frames.length === 0) return undefined;
  const position = edge.frames.list().findIndex((one) => callsOut(one, frame.tags));
  return position < 0 ? undefined : { edge, position };
};

/** Looks outermost first: the timer an owner must take, the frame that calls anybody else out. Reads only. */
const preemption = (machine: Machine, coroutine: Coroutine): Preemption | undefined => {
  const session = machine.sessions.get(coroutine.sid);
  if (session === undefined) return undefined;
  for (const [index, frame] of coroutine.scopes.entries()) {
    if (frame.timer !== undefined) {
      const state = session.timers.get(frame.timer)?.state ?? "running";
      if (state !== "running") return { index, outcome: state, position: 0 };
      continue;
    }
    const call = told(machine, session, coroutine, frame);
    if (call !== undefined) return { index, outcome: "told", ...call };
  }
  return undefined;
};

/** Who must leave a scope, and how. */
export interface Leaving {
  readonly coroutine: Coroutine;
  readonly exit: Preemption;
}

/**
 * Whether a coroutine, or the parallel parent it belongs to, must leave a scope
 * before it may do anything else; outermost first. A child never runs on in a
 * scope its parent has to leave. Reads only.
 */
export const leaving = (machine: Machine, coroutine: Coroutine): Leaving | undefined => {
  const above = coroutine.outer.length === 0 ? undefined : parentOf(machine, coroutine);
  const outer = above && leaving(machine, above);
  if (outer !== undefined || coroutine.scopes.length === 0) return outer;
  if (coroutine.status.kind === "faulted") return undefined;
  const exit = preemption(machine, coroutine);
  return exit && { coroutine, exit };
};

const parentOf = (machine: Machine, { parent }: Coroutine): Coroutine | undefined =>
  parent === undefined ? undefined : machine.coroutines.get(parent);

/** The coroutines of an edge's receiver that a frame calls out of a scope. */
export const calledOut = (machine: Machine, edge: EdgeState, frame: Frame): readonly Coroutine[] => {
  if (frame.exit === undefined || frame.exit.outcome === "done") return [];
  return [...machine.coroutines.values()].filter(
    (coroutine) =>
      coroutine.sid === edge.sid &&
      coroutine.role === edge.to &&
      coroutine.scopes.some(({ timer, tags }) => timer === undefined && callsOut(frame, tags)),
  );
};
