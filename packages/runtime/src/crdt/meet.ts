import { type Hash, hashValue } from "@parley/wire";
import type { MeetSemilattice } from "./semilattice.ts";

/** A constraint came again or late: its counter is not above the last of its sender. */
export interface CounterRegression {
  readonly code: "PAR7741";
  readonly variant: "CounterRegression";
  readonly sender: string;
  readonly last: number;
  readonly counter: number;
}

/** One tightening, in the order they came. */
export interface ConstraintEvent<C> {
  readonly sender: string;
  readonly counter: number;
  readonly constraint: C;
}

/** A replica of constraints, which only tighten (Mv). */
export interface MeetHandler<C> {
  getState(): C;
  readonly history: readonly ConstraintEvent<C>[];
  receive(
    event: ConstraintEvent<C>,
  ):
    | { readonly ok: true; readonly handler: MeetHandler<C> }
    | { readonly ok: false; readonly error: CounterRegression };
  /** Whether the state is at least as tight as this. */
  satisfies(constraint: C): boolean;
  /** Names the state: replicas agree when their proofs are equal. */
  proof(): Hash;
}

export const meetHandler = <C>(
  lattice: MeetSemilattice<C>,
  state: C = lattice.top,
  history: readonly ConstraintEvent<C>[] = [],
): MeetHandler<C> => ({
  getState: () => state,
  history,
  receive: (event) => {
    const last = Math.max(
      0,
      ...history.filter(({ sender }) => sender === event.sender).map(({ counter }) => counter),
    );
    return event.counter > last
      ? {
          ok: true,
          handler: meetHandler(lattice, lattice.meet(state, event.constraint), [...history, event]),
        }
      : {
          ok: false,
          error: {
            code: "PAR7741",
            variant: "CounterRegression",
            sender: event.sender,
            last,
            counter: event.counter,
          },
        };
  },
  satisfies: (constraint) => lattice.equal(lattice.meet(state, constraint), state),
  proof: () => hashValue("parley.constraint/1", state),
});

/** Whether all proofs name one state. Nobody's word is no agreement. */
export const constraintsAgree = (proofs: readonly Hash[]): boolean =>
  proofs.length > 0 && new Set(proofs).size === 1;

/** Where a constraint holds. */
export type ConstraintScope = "global" | `session:${string}` | `device:${string}` | `resource:${string}`;

/** What holds in all of some scopes together. */
export const constraintIn = <C>(
  lattice: MeetSemilattice<C>,
  byScope: ReadonlyMap<ConstraintScope, C>,
  scopes: readonly ConstraintScope[],
): C => scopes.reduce((all, scope) => lattice.meet(all, byScope.get(scope) ?? lattice.top), lattice.top);
