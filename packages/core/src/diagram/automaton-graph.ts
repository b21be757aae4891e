import type { Automaton, AutomatonState, AutomatonTransition } from "./automaton.ts";
import { type GraphEdge, type GraphNode, textWidth } from "./graph-layout.ts";

/** Radius of the circle around a state, in px. */
export const STATE_RADIUS = 15;

/** All states and transitions of an automaton and its regions, side by side. */
export interface AutomatonGraph {
  readonly states: readonly AutomatonState[];
  readonly transitions: readonly AutomatonTransition[];
  /** From a state with regions into each of them. */
  readonly spawns: readonly { readonly id: string; readonly from: string; readonly to: string }[];
  readonly nodes: readonly GraphNode[];
  readonly edges: readonly GraphEdge[];
}

/** What a transition says in a picture: `!Seller Order`, `?Buyer Pay`, `publish Edition`. */
export const transitionWords = ({ kind, direction, peer, label }: AutomatonTransition): string => {
  if (direction === "none") return kind === "join" ? "join" : label;
  return `${direction === "send" ? "!" : "?"}${peer} ${label}`;
};

/** What stands in the circle of a state. */
export const stateSign: Readonly<Record<AutomatonState["kind"], string>> = {
  send: "!",
  recv: "?",
  par: "∥",
  act: "•",
  scope: "◷",
  final: "",
};

/** The graph to lay out: regions are drawn beside each other, in one picture. */
export const automatonGraph = (automaton: Automaton): AutomatonGraph => {
  const states: AutomatonState[] = [];
  const transitions: AutomatonTransition[] = [];
  const spawns: { id: string; from: string; to: string }[] = [];
  const add = (part: Automaton): void => {
    states.push(...part.states);
    transitions.push(...part.transitions);
    for (const state of part.states) {
      for (const region of state.regions) {
        spawns.push({ id: `${state.id}=>${region.initial}`, from: state.id, to: region.initial });
        add(region);
      }
    }
  };
  add(automaton);
  return {
    states,
    transitions,
    spawns,
    nodes: states.map(({ id }) => ({ id, width: 2 * STATE_RADIUS, height: 2 * STATE_RADIUS })),
    edges: [
      ...transitions.map((transition) => ({
        id: transition.id,
        from: transition.from,
        to: transition.to,
        labelWidth: textWidth(transitionWords(transition) + (transition.arm ?? "")),
      })),
      ...spawns.map((spawn) => ({ ...spawn, labelWidth: 4 })),
    ],
  };
};
