import type { Value } from "./value.ts";

/** A directed edge of one session of a machine. */
export interface Edge {
  readonly sid: number;
  readonly from: string;
  readonly to: string;
}

/** Why a coroutine waits. It wakes when exactly this changes (model §2.5). */
export type BlockReason =
  | { readonly kind: "empty"; readonly edge: Edge }
  | { readonly kind: "full"; readonly edge: Edge }
  | {
      readonly kind: "decision";
      readonly role: string;
      readonly step: number;
      readonly labels: readonly string[];
    }
  | {
      readonly kind: "payload";
      readonly role: string;
      readonly step: number;
      readonly label: string;
      readonly type: string;
    }
  | { readonly kind: "denied"; readonly role: string; readonly guard: string; readonly reason: string }
  | { readonly kind: "join"; readonly role: string }
  | { readonly kind: "topology"; readonly edge: Edge }
  | { readonly kind: "acquire"; readonly role: string; readonly layer: string }
  | { readonly kind: "invoke"; readonly handler: string };

/** A fault, with the reference's stable code (`machine.fault.type`), its variant name and fields. */
export interface Fault {
  readonly code: string;
  readonly variant: string;
  readonly message: string;
  readonly fields: { readonly [key: string]: unknown };
}

/**
 * What the machine answered. Every event names the round (`tick`) it happened
 * in and, where it belongs to a statement of the source, the `edgeId`.
 * `endpoint` is the arm path of a parallel child, empty for the role itself.
 */
export type MachineEvent =
  | {
      readonly kind: "opened";
      readonly tick: number;
      readonly sid: number;
      readonly roles: readonly string[];
    }
  | {
      readonly kind: "sent" | "received";
      readonly tick: number;
      readonly edge: Edge;
      readonly seq: number;
      readonly label: string;
      readonly payload: Value;
      readonly edgeId: string;
      readonly control?: string;
      readonly endpoint?: string;
    }
  /** The sender's decision, after its `sent`; the receiver's, after its `received`. */
  | {
      readonly kind: "offered" | "chose";
      readonly tick: number;
      readonly edge: Edge;
      readonly label: string;
      readonly arm?: string;
      readonly endpoint?: string;
    }
  | { readonly kind: "invoked"; readonly tick: number; readonly coroutine: number; readonly role: string }
  | {
      readonly kind: "blocked";
      readonly tick: number;
      readonly coroutine: number;
      readonly role: string;
      readonly reason: BlockReason;
      readonly endpoint?: string;
    }
  | {
      readonly kind: "forked" | "joined";
      readonly tick: number;
      readonly coroutine: number;
      readonly role: string;
      readonly children: readonly number[];
    }
  | { readonly kind: "halted"; readonly tick: number; readonly coroutine: number; readonly role: string }
  | {
      readonly kind: "faulted";
      readonly tick: number;
      readonly coroutine: number;
      readonly role: string;
      readonly fault: Fault;
    }
  | { readonly kind: "completed" | "closed" | "cancelled"; readonly tick: number; readonly sid: number }
  | {
      readonly kind: "discarded";
      readonly tick: number;
      readonly edge: Edge;
      readonly seq: number;
      readonly label: string;
      readonly why: string;
    }
  | { readonly kind: "paused" | "resumed"; readonly tick: number; readonly role: string }
  /** A rarer observable of the reference, kept in its own words: `Acquired`, `Transferred`, `OutputConditionChecked`, … */
  | {
      readonly kind: "observed";
      readonly tick: number;
      readonly name: string;
      readonly fields: { readonly [key: string]: unknown };
    };
