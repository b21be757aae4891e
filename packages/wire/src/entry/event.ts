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
  /**
   * One role did something by itself (`begin`, `publish`, a `check` answered).
   * `deed` is its kind, `detail` its parts as the source names them, with the
   * `answer` of the world where it was asked.
   */
  | {
      readonly kind: "performed";
      readonly tick: number;
      readonly coroutine: number;
      readonly role: string;
      readonly deed: string;
      readonly detail: { readonly [key: string]: unknown };
      readonly edgeId: string;
      readonly endpoint?: string;
    }
  /** A decision nobody is told of: the arm of a `case`. */
  | {
      readonly kind: "decided";
      readonly tick: number;
      readonly coroutine: number;
      readonly role: string;
      readonly scope: string;
      readonly outcome: string;
      readonly endpoint?: string;
    }
  /** A role enters a timeout scope; `deadline` (session time, ms) is its owner's. `timer` is the id a `timer` input names. */
  | {
      readonly kind: "entered";
      readonly tick: number;
      readonly coroutine: number;
      readonly role: string;
      readonly scope: string;
      readonly lap: number;
      readonly timer: string;
      readonly deadline?: number;
      readonly endpoint?: string;
    }
  /** A role leaves a timeout scope. */
  | {
      readonly kind: "left";
      readonly tick: number;
      readonly coroutine: number;
      readonly role: string;
      readonly scope: string;
      readonly lap: number;
      readonly outcome: "done" | "timeout" | "cancel" | "told";
      readonly endpoint?: string;
    }
  /** A timer ran out; its owner takes it when it runs next. */
  | { readonly kind: "expired"; readonly tick: number; readonly sid: number; readonly timer: string }
  /** A rarer observable of the reference, kept in its own words: `Acquired`, `Transferred`, `OutputConditionChecked`, … */
  | {
      readonly kind: "observed";
      readonly tick: number;
      readonly name: string;
      readonly fields: { readonly [key: string]: unknown };
    };
