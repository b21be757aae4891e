import type { Value } from "@parley/wire";
import { imageId } from "./code/image.ts";
import type { MachineConfig } from "./config.ts";
import { SEMANTICS } from "./semantics.ts";
import type {
  Coroutine,
  CoroutineStatus,
  Corruption,
  EdgeState,
  Endpoint,
  Frame,
  KnownFact,
  Lap,
  Machine,
  OperationProgress,
  ScopeFrame,
  ScopeTag,
  Session,
  SessionStatus,
  Timeout,
  Timer,
} from "./state.ts";

/** The version of the snapshot encoding; an unknown one is refused. */
export const SNAPSHOT_VERSION = 1;

/** Registers up to the last one that holds something. */
export const regsOf = (coroutine: Coroutine): readonly Value[] => {
  let length = coroutine.regs.length;
  while (length > 0 && coroutine.regs[length - 1]?.kind === "unit") length -= 1;
  return coroutine.regs.slice(0, length);
};

/** Where an edge stands among the machine's: session and index in it. */
type EdgeRef = readonly [sid: number, index: number];

export interface PlainCoroutine
  extends Pick<
    Coroutine,
    "id" | "slot" | "sid" | "role" | "pc" | "waiting" | "ticket" | "credits" | "tokens"
  > {
  /** Endpoints by index into `PlainMachine.endpoints`. */
  readonly endpoint: number | null;
  readonly owned: readonly number[];
  readonly parent: number | null;
  readonly regs: readonly Value[];
  readonly status: CoroutineStatus;
  readonly waitEdge: EdgeRef | null;
  readonly known: readonly KnownFact[];
  readonly ghost: number | null;
  readonly children: readonly number[];
  /** Only of one that is in scopes, or has bound names. */
  readonly scopes?: readonly (Omit<ScopeFrame, "timer"> & { readonly timer?: string })[];
  readonly outer?: readonly ScopeTag[];
  readonly names?: readonly (readonly [string, Value])[];
}

export interface PlainEdge
  extends Pick<EdgeState, "slot" | "from" | "to" | "capacity" | "sent" | "received"> {
  readonly frames: readonly Frame[];
  readonly consumed: readonly string[];
  /** Coroutines blocked on it, in the order they came. */
  readonly readers: readonly number[];
  readonly writers: readonly number[];
}

export interface PlainSession extends Pick<Session, "sid" | "slot" | "epoch" | "live" | "faults"> {
  readonly status: SessionStatus;
  readonly endpoints: readonly number[];
  readonly edges: readonly PlainEdge[];
  readonly released: readonly string[];
  /** Only where there are any. */
  readonly operations?: readonly (readonly [string, string])[];
  readonly laps?: readonly (readonly [string, Lap])[];
  readonly timers?: readonly (readonly [string, Timer])[];
  readonly progress?: readonly (readonly [string, OperationProgress])[];
}

/** A machine as plain data, queues verbatim (model §1.5). */
export interface PlainMachine {
  readonly v: typeof SNAPSHOT_VERSION;
  readonly semantics: number;
  readonly image: string;
  readonly config: MachineConfig;
  readonly tick: number;
  readonly version: number;
  readonly nextSession: number;
  readonly nextCoroutine: number;
  readonly live: number;
  readonly nextTicket: number;
  readonly nextWitness: number;
  readonly endpoints: readonly Endpoint[];
  readonly coroutines: readonly PlainCoroutine[];
  readonly sessions: readonly PlainSession[];
  readonly queue: readonly number[];
  readonly pending: readonly number[];
  readonly asking: readonly number[];
  readonly paused: readonly string[];
  readonly crashed: readonly string[];
  readonly timeouts: readonly (readonly [string, Timeout])[];
  readonly partitions: readonly string[];
  readonly corruptions: readonly (readonly [string, Corruption])[];
  readonly layers: readonly string[];
  readonly freeCoroutines: readonly number[];
  readonly freeEdges: readonly number[];
  readonly freeSessions: readonly number[];
}

const ids = (coroutines: Iterable<Coroutine>): number[] => [...coroutines].map((coroutine) => coroutine.id);

const plainSession = (session: Session, endpointIndex: ReadonlyMap<Endpoint, number>): PlainSession => ({
  sid: session.sid,
  slot: session.slot,
  epoch: session.epoch,
  live: session.live,
  faults: session.faults,
  status: session.status,
  endpoints: session.endpoints.map((endpoint) => endpointIndex.get(endpoint) as number),
  edges: session.edges.map((edge) => ({
    slot: edge.slot,
    from: edge.from,
    to: edge.to,
    capacity: edge.capacity,
    sent: edge.sent,
    received: edge.received,
    frames: edge.frames.list(),
    consumed: [...edge.consumed],
    readers: ids(edge.readers),
    writers: ids(edge.writers),
  })),
  released: [...session.released],
  ...(session.operations.size === 0 ? {} : { operations: [...session.operations] }),
  ...(session.laps.size === 0 ? {} : { laps: [...session.laps] }),
  ...(session.timers.size === 0 ? {} : { timers: [...session.timers] }),
  ...(session.progress.size === 0 ? {} : { progress: [...session.progress] }),
});

/** A scope without the `timer` it has not: canonical bytes hold no `undefined`. */
const plainScope = ({ timer, ...scope }: ScopeFrame) => (timer === undefined ? scope : { ...scope, timer });

const plainCoroutine = (
  machine: Machine,
  coroutine: Coroutine,
  endpointIndex: ReadonlyMap<Endpoint, number>,
): PlainCoroutine => {
  const edge = coroutine.waitEdge;
  const index = edge === undefined ? -1 : (machine.sessions.get(edge.sid)?.edges.indexOf(edge) ?? -1);
  return {
    id: coroutine.id,
    slot: coroutine.slot,
    sid: coroutine.sid,
    role: coroutine.role,
    pc: coroutine.pc,
    waiting: coroutine.waiting,
    ticket: coroutine.ticket,
    credits: coroutine.credits,
    tokens: coroutine.tokens,
    endpoint: coroutine.endpoint === undefined ? null : (endpointIndex.get(coroutine.endpoint) as number),
    owned: coroutine.owned.map((endpoint) => endpointIndex.get(endpoint) as number),
    parent: coroutine.parent ?? null,
    regs: regsOf(coroutine),
    status: coroutine.status,
    waitEdge: edge === undefined ? null : [edge.sid, index],
    known: [...coroutine.known],
    ghost: coroutine.ghost ?? null,
    children: [...coroutine.children],
    ...(coroutine.scopes.length === 0 ? {} : { scopes: coroutine.scopes.map(plainScope) }),
    ...(coroutine.outer.length === 0 ? {} : { outer: coroutine.outer }),
    ...(coroutine.names.size === 0 ? {} : { names: [...coroutine.names] }),
  };
};

/** Every endpoint that anything still refers to, once. */
const endpointsOf = (machine: Machine): Endpoint[] => {
  const all = new Set<Endpoint>();
  for (const session of machine.sessions.values())
    for (const endpoint of session.endpoints) all.add(endpoint);
  for (const coroutine of machine.coroutines.values()) {
    if (coroutine.endpoint !== undefined) all.add(coroutine.endpoint);
    for (const endpoint of coroutine.owned) all.add(endpoint);
  }
  return [...all];
};

/** The machine as plain data, sharing nothing that changes. */
export const toPlain = (machine: Machine): PlainMachine => {
  const endpoints = endpointsOf(machine);
  const index = new Map(endpoints.map((endpoint, i) => [endpoint, i]));
  return {
    v: SNAPSHOT_VERSION,
    semantics: SEMANTICS,
    image: imageId(machine.image),
    config: machine.config,
    tick: machine.tick,
    version: machine.version,
    nextSession: machine.nextSession,
    nextCoroutine: machine.nextCoroutine,
    live: machine.live,
    nextTicket: machine.queue.next,
    nextWitness: machine.nextWitness,
    endpoints: endpoints.map((endpoint) => ({ ...endpoint })),
    coroutines: [...machine.coroutines.values()].map((coroutine) =>
      plainCoroutine(machine, coroutine, index),
    ),
    sessions: [...machine.sessions.values()].map((session) => plainSession(session, index)),
    queue: ids(machine.queue.list()),
    pending: ids(machine.pending),
    asking: ids(machine.asking),
    paused: [...machine.paused],
    crashed: [...machine.crashed],
    timeouts: [...machine.timeouts],
    partitions: [...machine.partitions],
    corruptions: [...machine.corruptions],
    layers: [...machine.layers],
    freeCoroutines: [...machine.parts.coroutines.freeSlots()],
    freeEdges: [...machine.parts.edges.freeSlots()],
    freeSessions: [...machine.parts.sessions.freeSlots()],
  };
};
