import { encodeCanonical, type MachineEvent, type Read } from "@parley/wire";
import { commute, normalise } from "./normalise.ts";

/**
 * How alike two runs must be (spec/machine-surfaces.md §16). `full`: events
 * and what was read from outside; `replay`: events; `moduloEffects`: events up
 * to the rounds of other sessions; `moduloCommutativity`: also up to the order
 * of independent sessions.
 */
export type DeterminismMode = "full" | "replay" | "moduloEffects" | "moduloCommutativity";

/** What is compared of a run. */
export interface Trace {
  readonly events: readonly MachineEvent[];
  readonly reads: readonly Read[];
}

/** The first place where two runs part; a side that has ended has nothing there. */
export interface Divergence<T> {
  readonly index: number;
  readonly left: T | undefined;
  readonly right: T | undefined;
}

export type Comparison =
  | { readonly equal: true }
  | { readonly equal: false; readonly in: "events"; readonly at: Divergence<MachineEvent> }
  | { readonly equal: false; readonly in: "reads"; readonly at: Divergence<Read> };

const same = (a: unknown, b: unknown): boolean => {
  const [x, y] = [encodeCanonical(a), encodeCanonical(b)];
  return x.length === y.length && x.every((byte, i) => byte === y[i]);
};

/** The first index at which two lists differ, by canonical bytes. */
export const firstDifference = <T>(left: readonly T[], right: readonly T[]): Divergence<T> | undefined => {
  const length = Math.max(left.length, right.length);
  for (let index = 0; index < length; index += 1) {
    const [a, b] = [left[index], right[index]];
    if (a === undefined || b === undefined || !same(a, b)) return { index, left: a, right: b };
  }
  return undefined;
};

const view = (events: readonly MachineEvent[], mode: DeterminismMode): readonly MachineEvent[] => {
  switch (mode) {
    case "full":
    case "replay":
      return events;
    case "moduloEffects":
      return normalise(events);
    case "moduloCommutativity":
      return commute(events);
  }
};

/**
 * Compares two runs in a mode and names the first divergence.
 *
 * @example compareTraces(recorded, replayed, "full") // { equal: true }
 */
export const compareTraces = (left: Trace, right: Trace, mode: DeterminismMode): Comparison => {
  const at = firstDifference(view(left.events, mode), view(right.events, mode));
  if (at !== undefined) return { equal: false, in: "events", at };
  if (mode !== "full") return { equal: true };
  const read = firstDifference(left.reads, right.reads);
  return read === undefined ? { equal: true } : { equal: false, in: "reads", at: read };
};
