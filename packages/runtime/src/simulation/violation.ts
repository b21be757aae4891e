/** A property that did not hold, at the first place where that showed. */
export interface Violation {
  readonly property: string;
  /** Whether it showed in a round, or only when nothing more could come. */
  readonly when: "round" | "end";
  /** Rounds of the machine by then. */
  readonly tick: number;
  /** Session time in ms. */
  readonly at: number;
  readonly round: number;
  /** Index in the trace of the event it showed at; -1 before any. */
  readonly index: number;
  readonly details: string;
  /** Indices of the events that had to happen for it, in order. */
  readonly past: readonly number[];
}

/** A violation before its causes are worked out: `roots` are the events they are asked of. */
export type FoundViolation = Omit<Violation, "past"> & { readonly roots: readonly number[] };
