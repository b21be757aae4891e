import type { AutomatonDraft, DraftState, DraftTransition } from "./automaton-draft.ts";

/**
 * Merges states that no run can tell apart, by partition refinement: first by
 * what they do themselves, then, until nothing splits any more, by where it
 * leads. A transition counts with its edge id, so two different statements
 * that happen to read alike stay two. Keeps what is reachable, breadth first.
 */
export const mergeStates = (draft: AutomatonDraft): AutomatonDraft => {
  const reachable = breadthFirst(draft);
  const classes = refine(reachable.states);
  const quotient = new Map<number, DraftState>();
  for (const [index, state] of reachable.states.entries()) {
    const own = classes[index] ?? 0;
    if (quotient.has(own)) continue;
    const transitions = state.transitions.map((transition) => ({
      ...transition,
      to: classes[transition.to] ?? 0,
    }));
    quotient.set(own, { ...state, transitions });
  }
  return breadthFirst({
    states: Array.from({ length: quotient.size }, (_, own) => quotient.get(own) ?? FINAL),
  });
};

const FINAL: DraftState = { kind: "final", transitions: [], regions: [] };

/**
 * The class of each state; the initial state's is 0. After a class splits only
 * the predecessors of the states that left it are looked at again, so a long
 * chain of equal statements costs its length, not its square.
 */
const refine = (states: readonly DraftState[]): readonly number[] => {
  const classes = classify(states.map(ownSignature));
  const sizes = new Map<number, number>();
  for (const own of classes) sizes.set(own, (sizes.get(own) ?? 0) + 1);
  const before = predecessors(states);
  const signature = (state: number): string =>
    (states[state]?.transitions ?? []).map(({ to }) => classes[to]).join(",");

  let dirty: ReadonlySet<number> = new Set(states.keys());
  while (dirty.size > 0) {
    const leaving: (readonly number[])[] = [];
    for (const [own, members] of groupBy(dirty, (state) => classes[state] ?? 0)) {
      const groups = [...groupBy(members, signature).values()].sort((a, b) => b.length - a.length);
      // States not looked at still agree with each other, and with none of these: their ways have not changed.
      const untouched = members.length < (sizes.get(own) ?? 0);
      leaving.push(...(untouched ? groups : groups.slice(1)));
    }
    const next = new Set<number>();
    for (const group of leaving) {
      const fresh = sizes.size;
      sizes.set(fresh, group.length);
      for (const state of group) {
        const old = classes[state] ?? 0;
        sizes.set(old, (sizes.get(old) ?? 0) - 1);
        classes[state] = fresh;
        for (const earlier of before[state] ?? []) next.add(earlier);
      }
    }
    dirty = next;
  }
  return classify(classes.map(String));
};

const predecessors = (states: readonly DraftState[]): readonly (readonly number[])[] => {
  const before: number[][] = states.map(() => []);
  for (const [index, state] of states.entries())
    for (const { to } of state.transitions) before[to]?.push(index);
  return before;
};

const groupBy = <K>(
  states: Iterable<number>,
  keyOf: (state: number) => K,
): ReadonlyMap<K, readonly number[]> => {
  const groups = new Map<K, number[]>();
  for (const state of states) {
    const key = keyOf(state);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [state]);
    else group.push(state);
  }
  return groups;
};

/** Classes numbered by first occurrence, so that equal input gives equal numbers. */
const classify = (signatures: readonly string[]): number[] => {
  const numbers = new Map<string, number>();
  return signatures.map((signature) => {
    const number = numbers.get(signature) ?? numbers.size;
    numbers.set(signature, number);
    return number;
  });
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
