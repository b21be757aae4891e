import type { Value } from "@parley/wire";

/** Where a label of an offer or choose continues. */
export interface LabelTarget {
  readonly label: string;
  readonly pc: number;
}

/**
 * One instruction (spec/machine.md §10), in Parley's own form. Operands named
 * `chan`, `val`, `dst`, `src`, … are register numbers; compiled code keeps the
 * own endpoint in r0 and the value sent or received in r1. `state` is the
 * expected local type at this counter: an index into the role's type table.
 * Code written by hand has none and is checked against the endpoint's type.
 */
export type Instruction =
  | { readonly kind: "send"; readonly chan: number; readonly val: number; readonly state?: number }
  | { readonly kind: "receive"; readonly chan: number; readonly dst: number; readonly state?: number }
  /** An internal choice: every label is offered, an input decides (model §3). */
  | {
      readonly kind: "offer";
      readonly chan: number;
      readonly labels: readonly LabelTarget[];
      readonly state?: number;
    }
  | {
      readonly kind: "choose";
      readonly chan: number;
      readonly table: readonly LabelTarget[];
      readonly state?: number;
    }
  | { readonly kind: "invoke"; readonly action: string }
  | { readonly kind: "jump"; readonly target: number }
  | { readonly kind: "halt" }
  /** One child per arm, started at these counters; the parent goes on to its `parJoin`. */
  | { readonly kind: "parFork"; readonly arms: readonly number[]; readonly state?: number }
  | { readonly kind: "parJoin" }
  /** The role does something by itself; what, says its state. */
  | { readonly kind: "perform"; readonly state: number }
  /** A decision nobody is told of; every outcome is offered, a value or an input decides. */
  | { readonly kind: "decide"; readonly labels: readonly LabelTarget[]; readonly state: number }
  /** Enters a timeout scope: the body follows at the next counter, `exits` say where each outcome goes on. */
  | { readonly kind: "enter"; readonly exits: readonly LabelTarget[]; readonly state: number }
  /** The end of a scope's body. */
  | { readonly kind: "leave"; readonly state: number }
  | { readonly kind: "open"; readonly roles: readonly string[] }
  | { readonly kind: "close"; readonly session: number }
  | { readonly kind: "acquire"; readonly layer: string; readonly dst: number }
  | { readonly kind: "release"; readonly layer: string; readonly evidence: number }
  | { readonly kind: "fork"; readonly ghost: number }
  | { readonly kind: "join" }
  | { readonly kind: "abort" }
  | { readonly kind: "transfer"; readonly endpoint: number; readonly target: number; readonly bundle: number }
  | { readonly kind: "tag"; readonly fact: number; readonly dst: number }
  | { readonly kind: "check"; readonly knowledge: number; readonly target: number; readonly dst: number }
  | { readonly kind: "set"; readonly dst: number; readonly value: Value }
  | { readonly kind: "move"; readonly dst: number; readonly src: number }
  | { readonly kind: "spawn"; readonly target: number; readonly args: readonly number[] }
  | { readonly kind: "yield" };
