import type { Automaton } from "./automaton.ts";
import { transitionWords } from "./automaton-graph.ts";
import { escapeMermaid } from "./escape.ts";
import type { RoleGraph } from "./role-graph.ts";

/** The role graph as a Mermaid flowchart; roles go by `r0`, `r1`, … so that no name can be read as syntax. */
export const roleGraphToMermaid = (graph: RoleGraph): string => {
  const alias = new Map(graph.nodes.map(({ id }, k) => [id, `r${k}`]));
  const lines = ["flowchart LR"];
  for (const { id, label } of graph.nodes) lines.push(`  ${alias.get(id) ?? ""}["${escapeMermaid(label)}"]`);
  for (const edge of graph.edges) {
    const labels = [...new Set(edge.messages.map(({ label }) => label))];
    const words = labels.map(escapeMermaid).join("<br/>");
    lines.push(`  ${alias.get(edge.from) ?? ""} -->|"${words}"| ${alias.get(edge.to) ?? ""}`);
  }
  return `${lines.join("\n")}\n`;
};

/** An automaton as a Mermaid state diagram; each region of a state is one of its parts. */
export const automatonToMermaid = (automaton: Automaton): string => {
  const alias = new Map<string, string>();
  const lines = ["stateDiagram-v2", "  direction LR"];
  write(lines, automaton, alias, 1);
  return `${lines.join("\n")}\n`;
};

const write = (lines: string[], automaton: Automaton, alias: Map<string, string>, depth: number): void => {
  const pad = "  ".repeat(depth);
  const nameOf = (id: string): string => {
    const known = alias.get(id) ?? `s${alias.size}`;
    alias.set(id, known);
    return known;
  };
  for (const state of automaton.states) {
    const name = nameOf(state.id);
    lines.push(`${pad}state "${escapeMermaid(state.id)}" as ${name}`);
    if (state.regions.length === 0) continue;
    lines.push(`${pad}state ${name} {`);
    for (const [k, region] of state.regions.entries()) {
      if (k > 0) lines.push(`${pad}  --`);
      write(lines, region, alias, depth + 1);
    }
    lines.push(`${pad}}`);
  }
  lines.push(`${pad}[*] --> ${nameOf(automaton.initial)}`);
  for (const transition of automaton.transitions) {
    const ends = `${nameOf(transition.from)} --> ${nameOf(transition.to)}`;
    lines.push(`${pad}${ends} : ${escapeMermaid(transitionWords(transition))}`);
  }
  for (const state of automaton.states) if (state.final) lines.push(`${pad}${nameOf(state.id)} --> [*]`);
};
