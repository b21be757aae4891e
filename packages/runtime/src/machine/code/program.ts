import type { EdgeAnnotation } from "@parley/core";
import type { Instruction } from "./instruction.ts";
import type { ValueType } from "./value-type.ts";

/** One way out of a type state; `next` is the state after it. */
export interface Branch {
  readonly peer: string;
  readonly label: string;
  readonly arm?: string;
  /** The guard expression of the arm, as written. */
  readonly guard?: string;
  /** The payload type as the author wrote it. */
  readonly payload: string;
  readonly type: ValueType;
  readonly annotations: readonly EdgeAnnotation[];
  readonly control?: string;
  readonly edgeId: string;
  readonly next: number;
}

/**
 * One local type the role can be at. Loops are unrolled into indices when the
 * program is compiled, each variable to its own loop, so that the monitor
 * advances by one array read.
 */
export type TypeState =
  | { readonly kind: "end" }
  | { readonly kind: "send" | "recv"; readonly branches: readonly Branch[] }
  | { readonly kind: "par"; readonly arms: readonly number[]; readonly next: number };

/** Index of the ended type in every type table. */
export const END = 0;

/** What one role runs. */
export interface Program {
  readonly code: readonly Instruction[];
  readonly states: readonly TypeState[];
  /** The state the role starts in. */
  readonly start: number;
  /** How many instructions, from 0, stand where the reference puts them (model §3, Layout of code). */
  readonly prefix: number;
}
