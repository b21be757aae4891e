import type { EdgeAnnotation } from "@parley/core";
import type { GuardVerdict, Value } from "@parley/wire";
import type { ValueType } from "./code/value-type.ts";

/** One way a decision can go. */
export interface DecisionOption {
  readonly label: string;
  readonly arm?: string;
  readonly peer: string;
  readonly payload: ValueType;
  /** The payload type as the author wrote it. */
  readonly payloadText: string;
  readonly annotations: readonly EdgeAnnotation[];
  readonly edgeId: string;
  readonly guard?: string;
  readonly control?: string;
}

export interface DecisionRequest {
  readonly kind: "decision";
  readonly role: string;
  /** Arm path of the endpoint. */
  readonly endpoint: string;
  readonly step: number;
  readonly options: readonly DecisionOption[];
  /** The statement it stands in, where nothing is sent: no payload and no guard follows. */
  readonly quiet?: string;
}

export interface PayloadRequest {
  readonly kind: "payload";
  readonly role: string;
  readonly endpoint: string;
  readonly step: number;
  readonly label: string;
  readonly type: ValueType;
  readonly typeText: string;
  readonly edgeId: string;
}

export interface GuardRequest {
  readonly kind: "guard";
  readonly role: string;
  readonly peer: string;
  readonly label: string;
  readonly edgeId: string;
  readonly annotations: readonly EdgeAnnotation[];
}

/** A guard layer to enter or leave; answered in `effect`. */
export interface EffectRequest {
  readonly kind: "effect";
  readonly name: "acquire" | "release";
  readonly role: string;
  readonly layer: string;
}

/**
 * What a round needs from outside. Of a decision the host picks a label first
 * and then answers payload and guard of that option in the same answer.
 */
export type Request = DecisionRequest | PayloadRequest | GuardRequest | EffectRequest;

/** The verdict of the whole guard chain of one send. */
export interface GuardAnswer {
  readonly allow: boolean;
  readonly reason?: string;
  readonly verdicts?: readonly GuardVerdict[];
}

/**
 * The host's answers to one plan, as plain data. What is left out is not met:
 * a missing label or a missing payload of a type that needs one blocks the
 * round; a missing guard answer to a guard request counts as a denial. What a
 * host sets aside for a guard counts only if the round comes back `continue`.
 */
export interface Answers {
  readonly label?: string;
  readonly payload?: Value;
  readonly guard?: GuardAnswer;
  /** What becomes of the message: `drop` and `defer` count as sent and are seen as discarded. */
  readonly disposition?: "deliver" | "drop" | "defer";
  /** The value an acquired guard layer hands out. */
  readonly evidence?: Value;
  /** The host could not serve the round at all: a fault of the instruction. */
  readonly failure?: { readonly kind: string; readonly message: string };
  /** The host cannot say yet: `acquire` waits, anything else faults. */
  readonly blocked?: true;
  /** Session time in ms: what deadlines count from. 0 where it is left out. */
  readonly at?: number;
}
