import type { JoinSemilattice } from "./semilattice.ts";

/** States that change by small parts, which join like states do. */
export interface DeltaLattice<S, D> extends JoinSemilattice<S> {
  readonly joinDelta: (one: D, other: D) => D;
  readonly apply: (state: S, delta: D) => S;
}

/** How many deltas wait before they are folded unless told. */
export const DELTA_THRESHOLD = 10;

/** A replica that takes deltas and folds them together once enough have come (Delta). */
export interface DeltaHandler<S, D> {
  /** With everything that was received, folded or not. */
  getState(): S;
  readonly waiting: number;
  receive(delta: D): DeltaHandler<S, D>;
  /** Folds what waits, however little. */
  compact(): DeltaHandler<S, D>;
  /** A local change and the delta others need; no delta when nothing changed. */
  update(change: (state: S) => D | undefined): { readonly handler: DeltaHandler<S, D>; readonly delta?: D };
}

export const deltaHandler = <S, D>(
  lattice: DeltaLattice<S, D>,
  threshold: number = DELTA_THRESHOLD,
  state: S = lattice.bottom,
  inbox: readonly D[] = [],
): DeltaHandler<S, D> => {
  const folded = (): S => {
    const [first, ...rest] = inbox;
    if (first === undefined) return state;
    const delta = rest.reduce(lattice.joinDelta, first);
    return lattice.join(state, lattice.apply(state, delta));
  };
  const compact = (): DeltaHandler<S, D> => deltaHandler(lattice, threshold, folded(), []);
  return {
    getState: folded,
    waiting: inbox.length,
    receive: (delta) => {
      const next = deltaHandler(lattice, threshold, state, [...inbox, delta]);
      return next.waiting >= threshold ? next.compact() : next;
    },
    compact,
    update: (change) => {
      const present = folded();
      const delta = change(present);
      if (delta === undefined || lattice.equal(lattice.apply(present, delta), present))
        return { handler: compact() };
      return { handler: deltaHandler(lattice, threshold, lattice.apply(present, delta), []), delta };
    },
  };
};
