/**
 * What a type is compared as. `program`: `a` may run where `b` is expected:
 * it may send less and must take more. This is the reading for replacing
 * somebody's program. `channel`: the same relation seen from the other end
 * (spec/projection §12.1): more sends, fewer receives.
 */
export type Reading = "program" | "channel";

/** A place where the two types part, as the program that is to run sees it. */
export interface SubtypeReason {
  /**
   * - `sends`: it may send a message that is not expected of it there.
   * - `misses`: it does not take a message that may come there.
   * - `payload`: the message is known, its payload type is another.
   * - `waits`: it waits for a message where something else must happen first.
   * - `stops`: it has ended where more is to be done.
   * - `goesOn`: it goes on where everything has ended.
   */
  readonly kind: "sends" | "misses" | "payload" | "waits" | "stops" | "goesOn";
  readonly peer: string;
  readonly label: string;
  /** Edge ids of the two messages, as far as there are any. */
  readonly own?: string;
  readonly expected?: string;
  /** One sentence. */
  readonly why: string;
}

/** Whether one type may stand for another. */
export type SubtypeVerdict =
  | { readonly verdict: "yes" }
  /** `after`: the messages before the place, `!Shop Order`, `?Shop Receipt`. */
  | { readonly verdict: "no"; readonly reason: SubtypeReason; readonly after: readonly string[] }
  | {
      readonly verdict: "inconclusive";
      /** `steps`: too many pairs; `depth`: too many messages overtaken; `construct`: no rule for the pair. */
      readonly ranOut: "steps" | "depth" | "construct";
      readonly why: string;
    };

/** How far to look. */
export interface SubtypeOptions {
  readonly reading?: Reading;
  /** `async` (the default) lets a send overtake receives, and messages of different peers each other. */
  readonly mode?: "sync" | "async";
  /** Pairs of places looked at; 20,000 unless said otherwise. */
  readonly steps?: number;
  /** Messages that one may overtake; 16 unless said otherwise. */
  readonly depth?: number;
}
