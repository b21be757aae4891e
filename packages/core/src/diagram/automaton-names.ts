import type { AutomatonDraft, DraftState } from "./automaton-draft.ts";

/** A name for each state, after what happens there first; repeated names are counted in order. */
export const nameStates = (draft: AutomatonDraft): readonly string[] => {
  const times = new Map<string, number>();
  return draft.states.map((state) => {
    const name = nameOf(state);
    const seen = times.get(name) ?? 0;
    times.set(name, seen + 1);
    return seen === 0 ? name : `${name}~${seen + 1}`;
  });
};

const nameOf = (state: DraftState): string => {
  const [first] = state.transitions;
  switch (state.kind) {
    case "final":
      return "end";
    case "par":
    case "scope":
      return state.kind;
    case "act":
      return first === undefined ? "end" : `.${first.label}`;
    case "send":
      return first === undefined ? "end" : `!${first.peer}.${first.label}`;
    case "recv":
      return first === undefined ? "end" : `?${first.peer}.${first.label}`;
  }
};
