import type { PayloadSort } from "../kernel/node.ts";
import type { Silent } from "./role-machine.ts";

/** One thing that happens in a run of all roles together. */
export interface TraceStep {
  readonly role: string;
  /** `discard`: a frame of a scope that was left is thrown away; `interrupt`: the role leaves a scope because it is told to. */
  readonly kind: "send" | "receive" | "decide" | "expire" | "discard" | "interrupt";
  /** Arm path of the role's coroutine, `""` outside parallel arms. */
  readonly endpoint: string;
  /** The other end; empty where there is none. */
  readonly peer: string;
  readonly label: string;
  /** Declared payload as written, empty when there is none. */
  readonly payload: string;
  /** What that payload travels as. */
  readonly sort: PayloadSort;
  /** Edge id of the message, or the path of the decision or scope. */
  readonly edge: string;
  /** How many ways the decision has that this is one of; 1 when nothing is decided. */
  readonly among: number;
  /** What the role does by itself right after, in order. */
  readonly after: readonly Silent[];
}

/** What a role waits for where a run ends. */
export interface Waiting {
  readonly role: string;
  readonly endpoint: string;
  readonly from: string;
  readonly labels: readonly string[];
  readonly edge: string;
}

/**
 * What can go wrong between roles that each keep to their type.
 * - `deadlock`: nobody can go on, and somebody has not ended.
 * - `reception`: a message has come that its receiver does not take where it stands.
 * - `payload`: the label is taken, with a payload of another type.
 * - `orphan`: a message has come for a role that has ended.
 * - `nobody`: a message is for a role that does not exist.
 */
export type FaultKind = "deadlock" | "reception" | "payload" | "orphan" | "nobody";

/** What happens, from the start. */
export interface Run {
  readonly trace: readonly TraceStep[];
  /** Deeds before anybody's first message, by role. */
  readonly begins: Readonly<Record<string, readonly Silent[]>>;
}

/** What is wrong in a state. */
export interface Fault {
  readonly kind: FaultKind;
  /** One sentence that names roles and messages. */
  readonly why: string;
  /** Who is blamed: the receiver, or for a deadlock the first that waits. */
  readonly role: string;
  /** The message that is not taken; absent for a deadlock. */
  readonly message?: {
    readonly from: string;
    readonly to: string;
    readonly label: string;
    readonly payload: string;
    readonly edge: string;
  };
}

/** A shortest run into a fault. */
export interface Counterexample extends Run, Fault {
  readonly waiting: readonly Waiting[];
}

/** How many messages were ever on their way between two roles at once. */
export interface BufferUse {
  readonly from: string;
  readonly to: string;
  readonly max: number;
  /** A shortest run that puts so many there; only when asked for. */
  readonly run?: Run;
}

/** What is known about the reachable states of roles that run asynchronously. */
export interface Exploration {
  readonly states: number;
  /** Moves between them. */
  readonly moves: number;
  /** `complete`: every reachable state was seen, for buffers of any size. */
  readonly outcome: "complete" | "bounded";
  /** What ran out when `outcome` is `bounded`. */
  readonly ranOut: readonly ("states" | "buffer")[];
  /** The bound per edge that was used. */
  readonly bound: number;
  /** The first fault of each kind, nearest first; empty when none was found. */
  readonly faults: readonly Counterexample[];
  readonly buffers: readonly BufferUse[];
  /** From every state, whoever has not ended can act some time; only answered when complete and not reduced. */
  readonly progress?: readonly { readonly role: string; readonly ok: boolean }[];
  /** Ways of decisions that no run takes; only answered when complete. */
  readonly unreachable?: readonly { readonly role: string; readonly edge: string; readonly label: string }[];
}

/** How far to look. */
export interface ExploreOptions {
  /** Messages per ordered pair of roles; 8 unless said otherwise. */
  readonly bound?: number;
  /** States before giving up; 20,000 unless said otherwise. */
  readonly states?: number;
  /**
   * Takes a message as soon as it can be taken. Finds the same faults in far
   * fewer states; buffers, progress and counts are then not those of every order.
   */
  readonly reduce?: boolean;
  /** Keeps, for every buffer, a run that fills it as far as any does. */
  readonly fullest?: boolean;
  /** Told now and then how many states were seen so far. */
  readonly onStates?: (states: number) => void;
}
