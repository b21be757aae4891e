import { type AutomatonGraph, STATE_RADIUS, stateSign, transitionWords } from "./automaton-graph.ts";
import { escapeXml } from "./escape.ts";
import {
  type GraphEdge,
  type GraphNode,
  type Placed,
  type Point,
  pathThrough,
  textWidth,
} from "./graph-layout.ts";
import type { RoleGraph } from "./role-graph.ts";
import { roleColour, type SvgTheme, svgStyle } from "./svg-theme.ts";

const PAD = 36;
const ROLE_HEIGHT = 38;

const MARKER =
  '<defs><marker id="end" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto"><path d="M0 0l8 4-8 4z" fill="var(--ink-3)"/></marker></defs>';

const document = (placed: Placed, title: string, theme: SvgTheme, body: readonly string[]): string => {
  const width = Math.ceil(placed.width) + 2 * PAD;
  const height = Math.ceil(placed.height) + 2 * PAD;
  const name = escapeXml(title);
  const parts = [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="${-PAD} ${-PAD} ${width} ${height}" role="img" aria-label="${name}">`,
    `<title>${name}</title><style>${svgStyle(theme)}</style>${MARKER}`,
    `<rect x="${-PAD}" y="${-PAD}" width="${width}" height="${height}" fill="var(--surface)"/>`,
    ...body,
    "</svg>",
  ];
  return `${parts.filter((part) => part !== "").join("\n")}\n`;
};

const line = (points: readonly Point[], style: string): string =>
  `<path d="${pathThrough(points)}" fill="none" stroke="var(--ink-3)" stroke-width="1.3"${style} marker-end="url(#end)"/>`;

/** An automaton that has been placed, as one standalone SVG document. */
export const automatonToSvg = (
  graph: AutomatonGraph,
  placed: Placed,
  title: string,
  theme: SvgTheme = "auto",
): string => {
  const spawns = graph.spawns.map(({ id }) =>
    line(placed.edges.get(id)?.points ?? [], ' stroke-dasharray="2 4"'),
  );
  const transitions = graph.transitions.map((transition) => {
    const edge = placed.edges.get(transition.id);
    if (edge === undefined) return "";
    const dash = transition.kind === "exit" ? "6 4" : transition.kind === "control" ? "2 4" : "";
    const words = escapeXml(`${transitionWords(transition)}${transition.arm ? ` ${transition.arm}` : ""}`);
    const label =
      edge.label === undefined
        ? ""
        : `<text class="s" x="${edge.label.x}" y="${edge.label.y + 12}">${words}</text>`;
    return line(edge.points, dash === "" ? "" : ` stroke-dasharray="${dash}"`) + label;
  });
  const states = graph.states.map((state) => {
    const at = placed.nodes.get(state.id) ?? { x: 0, y: 0 };
    const [x, y] = [at.x + STATE_RADIUS, at.y + STATE_RADIUS];
    const inner = state.final ? `<circle cx="${x}" cy="${y}" r="8" fill="none" stroke="var(--ink)"/>` : "";
    const entry = state.initial
      ? `<path d="M${x - STATE_RADIUS - 14} ${y}h12m-5 -4 5 4-5 4" fill="none" stroke="var(--ink-3)"/>`
      : "";
    const sign = `<text x="${x}" y="${y + 4}" text-anchor="middle">${stateSign[state.kind]}</text>`;
    return `<circle cx="${x}" cy="${y}" r="12" fill="var(--surface)" stroke="var(--ink)"/>${inner}${entry}${sign}`;
  });
  return document(placed, title, theme, [...spawns, ...transitions, ...states]);
};

/** What a role graph asks of the layouter: boxes as wide as their names, edges as wide as their longest message. */
export const roleGraphRequest = (
  graph: RoleGraph,
): { readonly nodes: readonly GraphNode[]; readonly edges: readonly GraphEdge[] } => ({
  nodes: graph.nodes.map(({ id, label }) => ({
    id,
    width: Math.max(96, textWidth(label) + 36),
    height: ROLE_HEIGHT,
  })),
  edges: graph.edges.map(({ id, from, to, messages }) => ({
    id,
    from,
    to,
    labelWidth: Math.max(...messages.map(({ label }) => textWidth(label))),
  })),
});

/** Messages named on an edge before the rest is a number. */
const LISTED = 6;

/** A role graph that has been placed, as one standalone SVG document. */
export const roleGraphToSvg = (
  graph: RoleGraph,
  placed: Placed,
  title: string,
  theme: SvgTheme = "auto",
): string => {
  const widths = new Map(roleGraphRequest(graph).nodes.map(({ id, width }) => [id, width]));
  const edges = graph.edges.map((edge) => {
    const found = placed.edges.get(edge.id);
    if (found === undefined) return "";
    const names = edge.messages.slice(0, LISTED).map(({ label }) => label);
    if (edge.messages.length > LISTED) names.push(`+${edge.messages.length - LISTED} more`);
    const at = found.label ?? { x: 0, y: 0 };
    const words = names.map(
      (name, k) => `<tspan x="${at.x}" dy="${k === 0 ? 12 : 14}">${escapeXml(name)}</tspan>`,
    );
    return `${line(found.points, "")}<text class="s" y="${at.y}">${words.join("")}</text>`;
  });
  const nodes = graph.nodes.map((node) => {
    const { x, y } = placed.nodes.get(node.id) ?? { x: 0, y: 0 };
    const width = widths.get(node.id) ?? 0;
    const hue = roleColour(node.ordinal);
    const box = (shift: number): string =>
      `<rect x="${x + shift}" y="${y - shift}" width="${width}" height="${ROLE_HEIGHT}" rx="8" fill="var(--surface)" stroke="${hue}"/>`;
    const name = `<text class="b" x="${x + width / 2}" y="${y + 24}" text-anchor="middle" style="fill:${hue}">${escapeXml(node.label)}</text>`;
    return `${node.stacked ? box(3) : ""}${box(0)}${name}`;
  });
  return document(placed, title, theme, [...edges, ...nodes]);
};
