/**
 * One role's automaton, from its local type: what it waits for, what it may
 * say, where it goes from there. Equal states are one state, so a statement
 * after a choice is drawn once, not once an arm.
 */
import type { LocalType } from "../projection/local-type.ts";
import { type AutomatonDraft, draftAutomaton } from "./automaton-draft.ts";
import { mergeStates } from "./automaton-merge.ts";
import { nameStates } from "./automaton-names.ts";

export interface AutomatonTransition {
  /** Unique in its automaton. */
  readonly id: string;
  readonly from: string;
  readonly to: string;
  /**
   * `control`: a frame of a hidden decision; `join`: all regions of a par have
   * ended; `perform`: something the role does by itself; `decide`: an arm of a
   * `case` it takes by itself; `exit`: how a timeout scope is left, from
   * anywhere in its region.
   */
  readonly kind: "send" | "recv" | "control" | "join" | "perform" | "decide" | "exit";
  readonly direction: "send" | "recv" | "none";
  /** Empty where there is no message. */
  readonly peer: string;
  /** Of a message its label, else what is done, decided, or how it is left. */
  readonly label: string;
  /** The decision's own name where it differs from the label. */
  readonly arm?: string;
  readonly guard?: string;
  /** Payload type as written. */
  readonly payload: string;
  /** Edge id; empty for `join`. */
  readonly edge: string;
}

export interface AutomatonState {
  /**
   * Named after what happens there first (`!Seller.Order`, `?Buyer.Pay`, `par`,
   * `end`), with `~n` for the n-th such state, so that an edit elsewhere leaves
   * it, and its place in a layout, alone.
   */
  readonly id: string;
  readonly kind: "send" | "recv" | "par" | "act" | "scope" | "final";
  readonly initial: boolean;
  readonly final: boolean;
  /** One automaton a parallel arm, or the body of a timeout; their ids begin with this state's. Empty otherwise. */
  readonly regions: readonly Automaton[];
}

export interface Automaton {
  readonly initial: string;
  /** Breadth first from the initial state. */
  readonly states: readonly AutomatonState[];
  /** By source state, branches in order. */
  readonly transitions: readonly AutomatonTransition[];
}

/**
 * Builds and minimises the automaton. Variables become back edges; parallel
 * arms become regions of one state rather than a product. An unguarded
 * variable, which no checked program has, becomes a final state.
 *
 * @example
 * const pictures = [...locals].map(([role, type]) => [role, automaton(type)]);
 */
export const automaton = (type: LocalType): Automaton => named(draftAutomaton(type), "");

const named = (draft: AutomatonDraft, prefix: string): Automaton => {
  const merged = mergeStates(draft);
  const ids = nameStates(merged).map((id) => prefix + id);
  const idOf = (state: number): string => ids[state] ?? "";
  const states = merged.states.map((state, index): AutomatonState => {
    const regions = state.regions.map((region, arm) => named(region, `${idOf(index)}/${arm}/`));
    const initial = index === 0;
    return { id: idOf(index), kind: state.kind, initial, final: state.kind === "final", regions };
  });
  const transitions = merged.states.flatMap((state, index) =>
    state.transitions.map(({ to, ...rest }, branch): AutomatonTransition => {
      return { id: `${idOf(index)}:${branch}`, from: idOf(index), to: idOf(to), ...rest };
    }),
  );
  return { initial: idOf(0), states, transitions };
};
