import type { AutomatonDraft, DraftState, DraftTransition } from "./automaton-draft.ts";

/**
 * Merges states that no run can tell apart, by partition refinement: first by
 * what they do themselves, then, until nothing splits any more, by where it
 * leads. A transition counts with its edge id, so two different statements
 * that happen to read alike stay two. Keeps what is reachable, breadth first.
 */
export const mergeStates = (draft: AutomatonDraft): AutomatonDraft => {
  const reachable = breadthFirst(draft);
  let classes = classify(reachable.states.map(ownSignature));
  for (let split = true; split; ) {
    const finer = classify(
      reachable.states.map((state, index) =>
        [classes.of[index], ...state.transitions.map((transition) => classes.of[transition.to])].join(","),
      ),
    );
    split = finer.count > classes.count;
    classes = finer;
  }
  const quotient: DraftState[] = [];
  for (const [index, state] of reachable.states.entries()) {
    quotient[classes.of[index] ?? 0] ??= {
      ...state,
      transitions: state.transitions.map((transition) => ({ ...transition, to: classes.of[transition.to] ?? 0 })),
    };
  }
  return breadthFirst({ states: quotient });
};

/** Classes numbered by first occurrence, so that equal input gives equal numbers. */
const classify = (signatures: readonly string[]): { readonly of: readonly number[]; readonly count: number } => {
  const numbers = new Map<string, number>();
  const of = signatures.map((signature) => {
    const number = numbers.get(signature) ?? numbers.size;
    numbers.set(signature, number);
    return number;
  });
  return { of, count: numbers.size };
};

const ownSignature = (state: DraftState): string =>
  JSON.stringify([
    state.kind,
    state.transitions.map(({ to: _to, ...rest }) => rest),
    state.regions.map(mergeStates),
  ]);

const breadthFirst = (draft: AutomatonDraft): AutomatonDraft => {
  const numbers = new Map<number, number>([[0, 0]]);
  const order = [0];
  for (let at = 0; at < order.length; at++) {
    for (const { to } of draft.states[order[at] ?? 0]?.transitions ?? []) {
      if (numbers.has(to)) continue;
      numbers.set(to, order.length);
      order.push(to);
    }
  }
  const moved = (transition: DraftTransition): DraftTransition => ({
    ...transition,
    to: numbers.get(transition.to) ?? 0,
  });
  return {
    states: order.flatMap((old) => {
      const state = draft.states[old];
      return state === undefined ? [] : [{ ...state, transitions: state.transitions.map(moved) }];
    }),
  };
};
