import type { Value } from "./value.ts";

/** Where a decision or payload came from. */
export type Source =
  | { readonly kind: "input"; readonly seq: number }
  | { readonly kind: "policy"; readonly policy: string }
  | { readonly kind: "script"; readonly script: string };

/** One guard's verdict at a send, with the ids and versions it read (model §5). */
export interface GuardVerdict {
  readonly guard: "capability" | "flow" | "journal" | "leakage";
  readonly allow: boolean;
  readonly reason?: string;
  readonly subject?: string;
  /** `id → version` of everything the guard looked at. */
  readonly read: { readonly [id: string]: number };
  readonly before?: number;
  readonly after?: number;
}

/**
 * What the first leg of a broadcast was asked for: all legs at once (model §3).
 * Missing from logs recorded while each leg answered for itself only.
 */
export interface LegsChecked {
  /** Legs there are, this one included. */
  readonly count: number;
  /** Flow units: what the legs need of each budget together, and what it had left. In order of the legs. */
  readonly budgets: readonly {
    /** The authority the budget is towards. */
    readonly peer: string;
    readonly legs: number;
    readonly needs: number;
    readonly left: number;
  }[];
  /** Edge id of the later leg that was denied; absent when all were allowed, or this one was denied by itself. */
  readonly short?: string;
}

/**
 * A value taken from outside the stream, in the order the rounds asked
 * (model §1.2). A fold takes these instead of asking again.
 */
export type Read =
  | {
      readonly kind: "decision";
      readonly role: string;
      readonly endpoint: string;
      readonly step: number;
      readonly label: string;
      readonly source: Source;
    }
  | {
      readonly kind: "payload";
      readonly role: string;
      readonly endpoint: string;
      readonly step: number;
      readonly value: Value;
      readonly source: Source;
    }
  | {
      readonly kind: "guard";
      readonly role: string;
      readonly edgeId: string;
      readonly label: string;
      readonly verdicts: readonly GuardVerdict[];
      readonly legs?: LegsChecked;
    }
  /** A role that a guard denied may try again: what the guard had read has these versions now. */
  | {
      readonly kind: "retry";
      readonly role: string;
      readonly endpoint: string;
      readonly read: { readonly [id: string]: number };
    }
  | { readonly kind: "random"; readonly purpose: string; readonly bytes: Uint8Array }
  | { readonly kind: "id"; readonly purpose: string; readonly id: string }
  | { readonly kind: "effect"; readonly name: string; readonly result: unknown };
