import type { Deed, EdgeAnnotation, ScopeOutcome } from "@parley/core";
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

/** The role does something by itself. */
export interface PerformState {
  readonly kind: "perform";
  readonly deed: Deed;
  readonly edgeId: string;
  /** Of an `ask`: the type of the answer. */
  readonly type?: ValueType;
  readonly next: number;
}

/** A decision nobody is told of. */
export interface DecideState {
  readonly kind: "decide";
  readonly scope: string;
  /** The text that is looked at; a bound name decides by its value. */
  readonly subject?: string;
  readonly outcomes: readonly { readonly outcome: string; readonly next: number }[];
}

/** A timeout scope about to be entered: its owner's has `millis`, anybody else's the one exit `told`. */
export interface ScopeState {
  readonly kind: "scope";
  readonly scope: string;
  readonly owner: string;
  readonly millis?: number;
  readonly body: number;
  readonly exits: readonly { readonly outcome: ScopeOutcome | "told"; readonly next: number }[];
}

/** The end of the body of the scope whose state has the index `of`. */
export interface LeaveState {
  readonly kind: "leave";
  readonly of: number;
}

/**
 * One local type the role can be at. Loops are unrolled into indices when the
 * program is compiled, each variable to its own loop, so that the monitor
 * advances by one array read.
 */
export type TypeState =
  | { readonly kind: "end" }
  | { readonly kind: "send" | "recv"; readonly branches: readonly Branch[] }
  | { readonly kind: "par"; readonly arms: readonly number[]; readonly next: number }
  | PerformState
  | DecideState
  | ScopeState
  | LeaveState;

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

/** The states that may follow a state, parallel arms and the body of a scope first. */
export const nextStates = (state: TypeState): readonly number[] => {
  switch (state.kind) {
    case "end":
    case "leave":
      return [];
    case "par":
      return [...state.arms, state.next];
    case "perform":
      return [state.next];
    case "decide":
      return state.outcomes.map(({ next }) => next);
    case "scope":
      return [state.body, ...state.exits.map(({ next }) => next)];
    default:
      return state.branches.map(({ next }) => next);
  }
};
