import type { JoinSemilattice } from "./semilattice.ts";

/** A replica that takes whole states (spec/aura-state.md §8, Cv). Immutable: receiving gives another. */
export interface ConvergentHandler<S> {
  getState(): S;
  /** The state joined with one that was received. */
  receive(state: S): ConvergentHandler<S>;
}

export const convergentHandler = <S>(
  lattice: JoinSemilattice<S>,
  state: S = lattice.bottom,
): ConvergentHandler<S> => ({
  getState: () => state,
  receive: (received) => convergentHandler(lattice, lattice.join(state, received)),
});
