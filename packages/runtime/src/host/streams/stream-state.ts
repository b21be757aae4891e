import { type Actor, type Hash, hashValue, type StreamInput } from "@parley/wire";

/** What every stream's fold carries beside its own state. */
export interface StreamBase {
  readonly stream: string;
  /** Seq of the last folded entry; -1 before entry 0. */
  readonly seq: number;
  /** Session time of the last entry, ms. */
  readonly at: number;
  /** Chain hash of the last entry. */
  readonly hash: Hash | "";
  /** Hash of the folded state: of the previous one, the input and who asked. */
  readonly stateHash: Hash;
}

export const emptyBase = (stream: string): StreamBase => ({
  stream,
  seq: -1,
  at: 0,
  hash: "",
  stateHash: "",
});

/**
 * State hash of a register stream after one more input. Registers only ever
 * fold their inputs, so the running hash pins their state without encoding
 * all of it again at every entry.
 */
export const foldHash = (previous: Hash, input: StreamInput, actor: Actor): Hash =>
  hashValue("parley.register/1", [previous, input, actor]);
