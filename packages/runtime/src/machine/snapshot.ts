import { decodeCanonical, encodeCanonical, unit, type Value } from "@parley/wire";
import { type CodeImage, imageId } from "./code/image.ts";
import { FrameQueue } from "./frame-queue.ts";
import { LazyMap, LazySet } from "./lazy-collections.ts";
import { createMachine } from "./open.ts";
import {
  type PlainCoroutine,
  type PlainEdge,
  type PlainMachine,
  type PlainSession,
  SNAPSHOT_VERSION,
  toPlain,
} from "./plain.ts";
import { SEMANTICS } from "./semantics.ts";
import {
  type Coroutine,
  type EdgeState,
  type Endpoint,
  type Machine,
  noNames,
  noScopes,
  noTags,
  type Session,
} from "./state.ts";

const restoreEdge = (machine: Machine, sid: number, plain: PlainEdge): EdgeState => {
  const { readers: _readers, writers: _writers, frames, consumed, ...fields } = plain;
  const { roles } = machine.image;
  const name = { sid, from: roles[plain.from] as string, to: roles[plain.to] as string };
  const edge: EdgeState = {
    ...fields,
    sid,
    name,
    whenEmpty: { kind: "blocked", reason: { kind: "empty", edge: name } },
    frames: new FrameQueue(),
    consumed: new LazySet(consumed),
    readers: [],
    writers: [],
    dirty: false,
  };
  for (const frame of frames) edge.frames.push(frame);
  machine.parts.edges.add(edge);
  return edge;
};

const restoreSession = (machine: Machine, plain: PlainSession, endpoints: readonly Endpoint[]): void => {
  const { released, operations, laps, timers, progress, ...fields } = plain;
  const session: Session = {
    ...fields,
    endpoints: plain.endpoints.map((index) => endpoints[index] as Endpoint),
    edges: plain.edges.map((edge) => restoreEdge(machine, plain.sid, edge)),
    released: new LazySet(released),
    operations: new LazyMap(operations),
    laps: new LazyMap(laps),
    timers: new LazyMap(timers),
    progress: new LazyMap(progress),
    dirty: false,
  };
  machine.sessions.set(plain.sid, session);
  machine.parts.sessions.add(session);
};

const registers = (machine: Machine, held: readonly Value[]): Value[] => {
  const all: Value[] = new Array(machine.config.registers).fill(unit);
  held.forEach((value, i) => {
    all[i] = value;
  });
  return all;
};

const restoreCoroutine = (
  machine: Machine,
  plain: PlainCoroutine,
  endpoints: readonly Endpoint[],
): Coroutine => {
  const { endpoint, owned, parent, ghost, waitEdge, scopes, outer, names, ...fields } = plain;
  const coroutine: Coroutine = {
    ...fields,
    endpoint: endpoint === null ? undefined : endpoints[endpoint],
    owned: owned.map((index) => endpoints[index] as Endpoint),
    parent: parent ?? undefined,
    ghost: ghost ?? undefined,
    regs: registers(machine, plain.regs),
    waitEdge: waitEdge === null ? undefined : machine.sessions.get(waitEdge[0])?.edges[waitEdge[1]],
    known: [...plain.known],
    children: [...plain.children],
    scopes: scopes === undefined ? noScopes : scopes.map((scope) => ({ ...scope, timer: scope.timer })),
    outer: outer ?? noTags,
    names: names === undefined ? noNames : new Map(names),
    pending: false,
    dirty: false,
  };
  machine.coroutines.set(plain.id, coroutine);
  machine.parts.coroutines.add(coroutine);
  return coroutine;
};

const restoreWaits = (machine: Machine, plain: PlainMachine): void => {
  const find = (id: number): Coroutine => machine.coroutines.get(id) as Coroutine;
  machine.queue.restore(plain.queue.map(find), plain.nextTicket);
  for (const id of plain.pending) {
    const coroutine = find(id);
    coroutine.pending = true;
    machine.pending.push(coroutine);
  }
  for (const id of plain.asking) machine.asking.add(find(id));
  for (const session of plain.sessions) {
    session.edges.forEach((edge, index) => {
      const state = machine.sessions.get(session.sid)?.edges[index];
      state?.readers.push(...edge.readers.map(find));
      state?.writers.push(...edge.writers.map(find));
    });
  }
};

const fromPlain = (image: CodeImage, plain: PlainMachine): Machine => {
  const machine = createMachine(image, plain.config);
  machine.tick = plain.tick;
  machine.version = plain.version;
  machine.nextSession = plain.nextSession;
  machine.nextCoroutine = plain.nextCoroutine;
  machine.live = plain.live;
  machine.nextWitness = plain.nextWitness;
  const endpoints = plain.endpoints.map((endpoint) => ({ ...endpoint }));
  machine.parts.coroutines.restoreFree(plain.freeCoroutines);
  machine.parts.edges.restoreFree(plain.freeEdges);
  machine.parts.sessions.restoreFree(plain.freeSessions);
  for (const session of plain.sessions) restoreSession(machine, session, endpoints);
  for (const coroutine of plain.coroutines) restoreCoroutine(machine, coroutine, endpoints);
  restoreWaits(machine, plain);
  for (const role of plain.paused) machine.paused.add(role);
  for (const site of plain.crashed) machine.crashed.add(site);
  for (const [site, timeout] of plain.timeouts) machine.timeouts.set(site, timeout);
  for (const pair of plain.partitions) machine.partitions.add(pair);
  for (const [pair, kind] of plain.corruptions) machine.corruptions.set(pair, kind);
  for (const layer of plain.layers) machine.layers.add(layer);
  return machine;
};

/** Canonical bytes of the whole state, queues verbatim; never the trace (model §1.5). */
export const encodeMachine = (machine: Machine): Uint8Array => encodeCanonical(toPlain(machine));

export type SnapshotError =
  | { readonly kind: "unknown-version"; readonly version: unknown }
  | { readonly kind: "unknown-semantics"; readonly semantics: unknown }
  | { readonly kind: "other-image"; readonly image: unknown }
  | { readonly kind: "malformed"; readonly reason: string };

/** A machine that behaves exactly as the one encoded. The image must be the one it ran. */
export const decodeMachine = (
  image: CodeImage,
  bytes: Uint8Array,
):
  | { readonly ok: true; readonly machine: Machine }
  | { readonly ok: false; readonly error: SnapshotError } => {
  let value: unknown;
  try {
    value = decodeCanonical(bytes);
  } catch (cause) {
    return { ok: false, error: { kind: "malformed", reason: String(cause) } };
  }
  if (value === null || typeof value !== "object")
    return { ok: false, error: { kind: "malformed", reason: "not a map" } };
  const plain = value as PlainMachine;
  if (plain.v !== SNAPSHOT_VERSION)
    return { ok: false, error: { kind: "unknown-version", version: plain.v } };
  if (plain.semantics !== SEMANTICS)
    return { ok: false, error: { kind: "unknown-semantics", semantics: plain.semantics } };
  if (plain.image !== imageId(image))
    return { ok: false, error: { kind: "other-image", image: plain.image } };
  return { ok: true, machine: fromPlain(image, plain) };
};

/** An independent copy: what one does, the other does not see. */
export const cloneMachine = (machine: Machine): Machine => fromPlain(machine.image, toPlain(machine));
