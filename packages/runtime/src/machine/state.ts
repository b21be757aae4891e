/**
 * The state of a machine. It is one mutable structure with one owner: `commit`
 * and the host controls change it in place, `plan` and everything in `inspect`
 * only read it, and `cloneMachine` gives an independent copy. Nobody else
 * writes to it.
 */
import type { BlockReason, Edge, Fault, Value } from "@parley/wire";
import type { CodeImage } from "./code/image.ts";
import type { MachineConfig } from "./config.ts";
import type { Frame, FrameQueue, ScopeTag } from "./frame-queue.ts";
import type { LazyMap, LazySet } from "./lazy-collections.ts";
import type { LinkedImage } from "./link.ts";
import type { PartTree } from "./part-tree.ts";
import type { ReadyQueue } from "./ready-queue.ts";

/** A role's place in a session, or a parallel arm of it: what owns a type state and a step count. */
export interface Endpoint {
  readonly sid: number;
  /** Index into the image's roles. */
  readonly role: number;
  /** Arm path: `""` for the role itself, `"0"`, `"0.1"`, … for a parallel child. */
  readonly path: string;
  /** Index into the role's type table; -1 once its session was closed under it. */
  type: number;
  /** Protocol instructions completed; never repeats for one path (model §2.4). */
  step: number;
}

export type CoroutineStatus =
  | { readonly kind: "ready" }
  | { readonly kind: "blocked"; readonly reason: BlockReason }
  | { readonly kind: "done" }
  | { readonly kind: "faulted"; readonly fault: Fault };

/** A fact a coroutine has been told (`tag`). */
export interface KnownFact {
  readonly sid: number;
  readonly role: string;
  readonly fact: string;
}

/** A scope a coroutine is in. */
export interface ScopeFrame {
  /** The scopes around it and itself, outermost first: what frames sent in it carry. */
  readonly tags: readonly ScopeTag[];
  /** Index of the scope's type state, and counter of its `enter`. */
  readonly state: number;
  readonly pc: number;
  /** The owner's timer; absent for anybody else. */
  readonly timer: string | undefined;
}

/** A timer of a scope's owner. `timeout` and `cancel` wait for the owner to take them. */
export interface Timer {
  readonly id: string;
  readonly coroutine: number;
  readonly scope: string;
  /** Session time, ms. */
  readonly deadline: number;
  readonly cancellable: boolean;
  readonly state: "running" | "timeout" | "cancel";
}

/** How an operation under way stands to its progress contract. */
export interface OperationProgress {
  readonly contract: string;
  readonly role: string;
  /** Who began it. */
  readonly coroutine: number;
  readonly state: "pending" | "noProgress" | "degraded" | "timedOut";
  /** Session time it was begun at, and its window, ms. */
  readonly since: number;
  readonly window: number;
  /** What the source names for these events. */
  readonly onStall?: string;
  readonly onTimeout?: string;
}

/** How often a role has entered a scope, and whether it is in the last lap still. */
export interface Lap {
  readonly count: number;
  readonly inside: boolean;
}

export const noTags: readonly ScopeTag[] = [];
export const noScopes: readonly ScopeFrame[] = [];
export const noNames: ReadonlyMap<string, Value> = new Map();

export interface Coroutine {
  readonly id: number;
  /** Position among the parts of the machine; reused after reaping. */
  readonly slot: number;
  readonly sid: number;
  readonly role: number;
  /** The endpoint it was created for; a spawned coroutine has none. */
  readonly endpoint: Endpoint | undefined;
  readonly owned: Endpoint[];
  readonly parent: number | undefined;
  pc: number;
  readonly regs: Value[];
  status: CoroutineStatus;
  /** Blocked and not yet woken. A woken coroutine keeps its block reason until it runs again. */
  waiting: boolean;
  /** The edge it waits on, while its reason names one. */
  waitEdge: EdgeState | undefined;
  /** Place in the ready queue, -1 when not queued. */
  ticket: number;
  /** Credits left; -1 without limit. */
  credits: number;
  tokens: number;
  readonly known: KnownFact[];
  /** The ghost session of an open speculation. */
  ghost: number | undefined;
  /** Children of the par it is in, in arm order. */
  children: number[];
  /** The timeout scopes it is in, outermost first; replaced, never changed. */
  scopes: readonly ScopeFrame[];
  /** Of a parallel child: the scopes its parent is in. */
  outer: readonly ScopeTag[];
  /** Names bound by what it did; replaced, never changed. */
  names: ReadonlyMap<string, Value>;
  /** Whether it is listed in `Machine.pending`. */
  pending: boolean;
  dirty: boolean;
}

/** One directed edge of one session. */
export interface EdgeState {
  readonly sid: number;
  readonly slot: number;
  readonly from: number;
  readonly to: number;
  /** The same in names, as events say it. */
  readonly name: Edge;
  /** The status of whoever waits for a frame here: the commonest wait, so it is made once. */
  readonly whenEmpty: Extract<CoroutineStatus, { readonly kind: "blocked" }>;
  readonly frames: FrameQueue;
  capacity: number;
  /** Number of the next frame sent. */
  sent: number;
  /** Number of the next frame expected by replay checks. */
  received: number;
  /** Consumed identities, in nullifier mode. */
  readonly consumed: LazySet<string>;
  /** Coroutines blocked on this edge: for a frame, and for room. */
  readonly readers: Coroutine[];
  readonly writers: Coroutine[];
  dirty: boolean;
}

export type SessionStatus =
  | { readonly kind: "active" | "completed" | "closed" }
  | { readonly kind: "cancelled" | "faulted"; readonly reason: string };

export interface Session {
  readonly sid: number;
  readonly slot: number;
  /** One per role of the image. */
  readonly endpoints: readonly Endpoint[];
  /** One per edge of the image. */
  readonly edges: readonly EdgeState[];
  status: SessionStatus;
  epoch: number;
  /** Coroutines that are neither done nor faulted. */
  live: number;
  faults: number;
  /** Evidence released in this session, by text; it cannot be released twice. */
  readonly released: LazySet<string>;
  /** Declared operations that were begun, by name. */
  readonly operations: LazyMap<string, string>;
  /** Laps of scopes, by role and instance; see `scopes.ts`. */
  readonly laps: LazyMap<string, Lap>;
  readonly timers: LazyMap<string, Timer>;
  /** Operations under way that are held to a progress contract, by name; see `progress.ts`. */
  readonly progress: LazyMap<string, OperationProgress>;
  dirty: boolean;
}

export interface Timeout {
  readonly until: number;
  readonly witness: number;
}

export interface Machine {
  readonly image: CodeImage;
  readonly config: MachineConfig;
  readonly linked: LinkedImage;
  /** Rounds committed. */
  tick: number;
  /** Counts every change, so that a plan for an older head is recognised. */
  version: number;
  readonly sessions: Map<number, Session>;
  readonly coroutines: Map<number, Coroutine>;
  nextSession: number;
  nextCoroutine: number;
  /** Coroutines that are neither done nor faulted. */
  live: number;
  readonly queue: ReadyQueue;
  /** Blocked coroutines whose condition may hold by now; looked at once per round. */
  pending: Coroutine[];
  /** Coroutines that wait for something from outside: a decision, a payload, a verdict, a layer. */
  readonly asking: LazySet<Coroutine>;
  readonly paused: LazySet<string>;
  readonly crashed: LazySet<string>;
  readonly timeouts: LazyMap<string, Timeout>;
  nextWitness: number;
  /** `from>to`, one direction each. */
  readonly partitions: LazySet<string>;
  readonly corruptions: LazyMap<string, Corruption>;
  /** Guard layers seen, when none are configured. */
  readonly layers: LazySet<string>;
  readonly parts: PartTree;
}

export type Corruption = "bitFlip" | "truncation" | "payloadErase";

export type { Frame, ScopeTag };

export const ready: CoroutineStatus = { kind: "ready" };
export const done: CoroutineStatus = { kind: "done" };
