import type { Automaton, AutomatonTransition } from "./automaton.ts";
import { quoteDot } from "./escape.ts";
import type { RoleGraph } from "./role-graph.ts";

/** The role graph as Graphviz text; an edge lists its message labels once each. */
export const roleGraphToDot = (graph: RoleGraph, name: string): string => {
  const lines = [`digraph ${quoteDot(name)} {`, "  node [shape=box, style=rounded];"];
  for (const node of graph.nodes) {
    const stack = node.stacked ? ", peripheries=2" : "";
    lines.push(`  ${quoteDot(node.id)} [label=${quoteDot(node.label)}${stack}];`);
  }
  for (const edge of graph.edges) {
    const labels = [...new Set(edge.messages.map((message) => message.label))].join("\n");
    lines.push(`  ${quoteDot(edge.from)} -> ${quoteDot(edge.to)} [label=${quoteDot(labels)}];`);
  }
  return `${[...lines, "}"].join("\n")}\n`;
};

/**
 * An automaton as Graphviz text: `!` sends, `?` receives, dashed for control
 * frames and the exits of a timeout; each region is a cluster entered from its state.
 */
export const automatonToDot = (automaton: Automaton, name: string): string => {
  const lines = [`digraph ${quoteDot(name)} {`, "  rankdir=LR;", '  "" [shape=point];'];
  lines.push(`  "" -> ${quoteDot(automaton.initial)};`);
  writeAutomaton(lines, automaton, 1);
  return `${[...lines, "}"].join("\n")}\n`;
};

const writeAutomaton = (lines: string[], automaton: Automaton, depth: number): void => {
  const pad = "  ".repeat(depth);
  for (const state of automaton.states) {
    const region = state.kind === "par" || state.kind === "scope";
    const shape = state.final ? "doublecircle" : region ? "box" : "circle";
    const label = state.kind === "scope" ? "timeout" : region ? "par" : "";
    lines.push(`${pad}${quoteDot(state.id)} [shape=${shape}, label=${quoteDot(label)}];`);
    for (const [index, region] of state.regions.entries()) {
      lines.push(`${pad}subgraph ${quoteDot(`cluster_${state.id}/${index}`)} {`);
      writeAutomaton(lines, region, depth + 1);
      lines.push(`${pad}}`, `${pad}${quoteDot(state.id)} -> ${quoteDot(region.initial)} [style=dotted];`);
    }
  }
  for (const transition of automaton.transitions) {
    const dashed = transition.kind === "control" || transition.kind === "exit";
    const style = dashed ? ", style=dashed" : "";
    const ends = `${quoteDot(transition.from)} -> ${quoteDot(transition.to)}`;
    lines.push(`${pad}${ends} [label=${quoteDot(transitionText(transition))}${style}];`);
  }
};

/** `Seller!Order(shop.Order)`, `Buyer?Pay`, `join`. */
export const transitionText = (transition: AutomatonTransition): string => {
  if (transition.kind === "join") return "join";
  if (transition.direction === "none") return transition.label;
  const sign = transition.direction === "send" ? "!" : "?";
  const payload = transition.payload === "" || transition.payload === "Unit" ? "" : `(${transition.payload})`;
  return `${transition.peer}${sign}${transition.label}${payload}`;
};
