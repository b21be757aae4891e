import { covers, tickClock, type VectorClock } from "./vector-clock.ts";

/** An operation with what it depends on: its actor's earlier ones, and what the actor had seen. */
export interface CausalOperation<O> {
  readonly actor: string;
  /** Counts the actor's operations, from 1. */
  readonly sequence: number;
  /** What the actor had seen before it. */
  readonly after: VectorClock;
  readonly payload: O;
}

/** A replica that takes operations once, in causal order, whatever order they come in (Cm). */
export interface CommutativeHandler<S, O> {
  getState(): S;
  readonly seen: VectorClock;
  /** Operations that came before what they depend on. */
  readonly buffered: readonly CausalOperation<O>[];
  receive(operation: CausalOperation<O>): CommutativeHandler<S, O>;
  /** An operation of one's own. */
  issue(
    actor: string,
    payload: O,
  ): { readonly handler: CommutativeHandler<S, O>; readonly operation: CausalOperation<O> };
}

const ready = <O>(seen: VectorClock, { actor, sequence, after }: CausalOperation<O>): boolean =>
  sequence === (seen[actor] ?? 0) + 1 && covers(seen, after);

const known = <O>(
  seen: VectorClock,
  buffered: readonly CausalOperation<O>[],
  { actor, sequence }: CausalOperation<O>,
): boolean =>
  sequence <= (seen[actor] ?? 0) || buffered.some((one) => one.actor === actor && one.sequence === sequence);

export const commutativeHandler = <S, O>(
  apply: (state: S, payload: O, actor: string) => S,
  state: S,
  seen: VectorClock = {},
  buffered: readonly CausalOperation<O>[] = [],
): CommutativeHandler<S, O> => ({
  getState: () => state,
  seen,
  buffered,
  receive: (operation) => {
    if (known(seen, buffered, operation)) return commutativeHandler(apply, state, seen, buffered);
    let waiting = [...buffered, operation];
    let [next, clock] = [state, seen];
    // Until nothing more is ready: one that came late may let many through.
    for (let one = waiting.find((each) => ready(clock, each)); one !== undefined; ) {
      next = apply(next, one.payload, one.actor);
      clock = tickClock(clock, one.actor);
      const done = one;
      waiting = waiting.filter((each) => each !== done);
      one = waiting.find((each) => ready(clock, each));
    }
    return commutativeHandler(apply, next, clock, waiting);
  },
  issue: (actor, payload) => {
    const operation = { actor, sequence: (seen[actor] ?? 0) + 1, after: seen, payload };
    const handler = commutativeHandler(apply, apply(state, payload, actor), tickClock(seen, actor), buffered);
    return { handler, operation };
  },
});
