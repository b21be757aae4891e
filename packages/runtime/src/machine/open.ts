import type { MachineEvent } from "@parley/wire";
import { unit } from "@parley/wire";
import type { CodeImage } from "./code/image.ts";
import { configProblem, defaultConfig, type MachineConfig } from "./config.ts";
import { FrameQueue } from "./frame-queue.ts";
import { LazyMap, LazySet } from "./lazy-collections.ts";
import { linkImage } from "./link.ts";
import { PartGroup } from "./part-tree.ts";
import { ReadyQueue } from "./ready-queue.ts";
import type { Coroutine, EdgeState, Endpoint, Machine, Session } from "./state.ts";
import { noNames, noScopes, noTags, ready } from "./state.ts";

/**
 * A machine without sessions. Throws on a configuration that `configProblem`
 * refuses: check one that comes from outside first.
 */
export const createMachine = (image: CodeImage, config: Partial<MachineConfig> = {}): Machine => {
  const full: MachineConfig = { ...defaultConfig, ...config };
  const problem = configProblem(full);
  if (problem !== undefined) throw new Error(`machine configuration: ${problem} must be positive`);
  return {
    image,
    config: full,
    linked: linkImage(image),
    tick: 0,
    version: 0,
    sessions: new Map(),
    coroutines: new Map(),
    nextSession: 0,
    nextCoroutine: 0,
    live: 0,
    queue: new ReadyQueue(),
    pending: [],
    asking: new LazySet(),
    paused: new LazySet(),
    crashed: new LazySet(),
    timeouts: new LazyMap(),
    nextWitness: 0,
    partitions: new LazySet(),
    corruptions: new LazyMap(),
    layers: new LazySet(),
    parts: {
      coroutines: new PartGroup(),
      edges: new PartGroup(),
      sessions: new PartGroup(),
      hashes: undefined,
    },
  };
};

export type OpenError =
  | { readonly kind: "no-programs" }
  | { readonly kind: "too-many-sessions"; readonly max: number }
  | { readonly kind: "too-many-coroutines"; readonly max: number };

export type OpenResult =
  | { readonly ok: true; readonly sid: number; readonly events: readonly MachineEvent[] }
  | { readonly ok: false; readonly error: OpenError };

/** The first limit that a session more would break. */
const openProblem = (machine: Machine): OpenError | undefined => {
  const { config, image } = machine;
  if (machine.sessions.size >= config.maxSessions) {
    const active = [...machine.sessions.values()].filter((session) => session.status.kind === "active");
    if (active.length >= config.maxSessions) return { kind: "too-many-sessions", max: config.maxSessions };
  }
  if (image.roles.length === 0) return { kind: "no-programs" };
  return machine.coroutines.size + image.roles.length > config.maxCoroutines
    ? { kind: "too-many-coroutines", max: config.maxCoroutines }
    : undefined;
};

/** Opens a session of the machine's image, whole or not at all: one coroutine per role, in role order. */
export const openSession = (machine: Machine): OpenResult => {
  const error = openProblem(machine);
  if (error !== undefined) return { ok: false, error };
  const { image, config, parts } = machine;
  machine.version += 1;
  const sid = machine.nextSession;
  machine.nextSession += 1;
  const endpoints: Endpoint[] = image.programs.map((program, role) => ({
    sid,
    role,
    path: "",
    type: program.start,
    step: 0,
  }));
  const edges: EdgeState[] = [];
  for (const [from, to] of image.edges) {
    const name = { sid, from: image.roles[from] as string, to: image.roles[to] as string };
    const edge: EdgeState = {
      sid,
      slot: parts.edges.claim(),
      from,
      to,
      name,
      whenEmpty: { kind: "blocked", reason: { kind: "empty", edge: name } },
      frames: new FrameQueue(),
      capacity: Math.max(1, config.buffers.capacity),
      sent: 0,
      received: 0,
      consumed: new LazySet(),
      readers: [],
      writers: [],
      dirty: false,
    };
    parts.edges.add(edge);
    edges.push(edge);
  }
  const session: Session = {
    sid,
    slot: parts.sessions.claim(),
    endpoints,
    edges,
    status: { kind: "active" },
    epoch: 0,
    live: 0,
    faults: 0,
    released: new LazySet(),
    operations: new LazyMap(),
    laps: new LazyMap(),
    timers: new LazyMap(),
    progress: new LazyMap(),
    dirty: false,
  };
  parts.sessions.add(session);
  machine.sessions.set(sid, session);
  for (const endpoint of endpoints) {
    const coroutine = newCoroutine(machine, session, {
      role: endpoint.role,
      endpoint,
      pc: 0,
      parent: undefined,
    });
    if (coroutine.regs.length > 0)
      coroutine.regs[0] = { kind: "endpoint", sid, role: image.roles[endpoint.role] as string };
  }
  return { ok: true, sid, events: [{ kind: "opened", tick: machine.tick, sid, roles: image.roles }] };
};

/** A new coroutine at the tail of the ready queue, owning its endpoint if it has one. */
export const newCoroutine = (
  machine: Machine,
  session: Session,
  of: Pick<Coroutine, "role" | "endpoint" | "pc" | "parent">,
): Coroutine => {
  const id = machine.nextCoroutine;
  machine.nextCoroutine += 1;
  const coroutine: Coroutine = {
    id,
    slot: machine.parts.coroutines.claim(),
    sid: session.sid,
    role: of.role,
    endpoint: of.endpoint,
    owned: of.endpoint === undefined ? [] : [of.endpoint],
    parent: of.parent,
    pc: of.pc,
    regs: new Array(machine.config.registers).fill(unit),
    status: ready,
    waiting: false,
    waitEdge: undefined,
    ticket: -1,
    credits: machine.config.credits ?? -1,
    tokens: 0,
    known: [],
    ghost: undefined,
    children: [],
    scopes: noScopes,
    outer: noTags,
    names: noNames,
    pending: false,
    dirty: false,
  };
  machine.parts.coroutines.add(coroutine);
  machine.coroutines.set(id, coroutine);
  machine.queue.push(coroutine);
  machine.live += 1;
  session.live += 1;
  machine.parts.sessions.touch(session);
  return coroutine;
};

/** Forgets a coroutine that has ended. */
export const removeCoroutine = (machine: Machine, coroutine: Coroutine): void => {
  machine.coroutines.delete(coroutine.id);
  machine.parts.coroutines.release(coroutine);
};
