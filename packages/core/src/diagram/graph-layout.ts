/**
 * What a layered layouter is asked for and what it answers, for role graphs and
 * automata. The layouter itself (elk) runs in a worker of the studio and in the
 * command line; both ask and read the same way, so that their pictures agree.
 */

export interface GraphNode {
  readonly id: string;
  readonly width: number;
  readonly height: number;
}

export interface GraphEdge {
  readonly id: string;
  readonly from: string;
  readonly to: string;
  readonly labelWidth: number;
}

/** Distances between what is placed, in px. */
export interface Spacing {
  readonly layers: number;
  readonly nodes: number;
}

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** Corners of nodes; bend points from source to target, and the corner of each label. */
export interface Placed {
  readonly nodes: ReadonlyMap<string, Point>;
  readonly edges: ReadonlyMap<
    string,
    { readonly points: readonly Point[]; readonly label: Point | undefined }
  >;
  readonly width: number;
  readonly height: number;
}

/** A graph in elk's JSON form. */
export interface ElkRequest {
  readonly id: string;
  readonly layoutOptions: Record<string, string>;
  readonly children: { id: string; width: number; height: number }[];
  readonly edges: {
    id: string;
    sources: string[];
    targets: string[];
    labels: { id: string; text: string; width: number; height: number }[];
  }[];
}

/** As much of elk's answer as is read. */
export interface ElkAnswer {
  readonly width?: number | undefined;
  readonly height?: number | undefined;
  readonly children?:
    | readonly {
        readonly id: string;
        readonly x?: number | undefined;
        readonly y?: number | undefined;
      }[]
    | undefined;
  readonly edges?:
    | readonly {
        readonly id: string;
        readonly sections?:
          | readonly {
              readonly startPoint: Point;
              readonly endPoint: Point;
              readonly bendPoints?: readonly Point[] | undefined;
            }[]
          | undefined;
        readonly labels?:
          | readonly { readonly x?: number | undefined; readonly y?: number | undefined }[]
          | undefined;
      }[]
    | undefined;
}

const SPACING: Spacing = { layers: 56, nodes: 36 };

/** Asks for layers in the order of the program, so that an edit moves only what it touches. */
export const elkRequest = (
  nodes: readonly GraphNode[],
  edges: readonly GraphEdge[],
  direction: "RIGHT" | "DOWN",
  spacing: Spacing = SPACING,
): ElkRequest => ({
  id: "root",
  layoutOptions: {
    "elk.algorithm": "layered",
    "elk.direction": direction,
    "elk.edgeRouting": "SPLINES",
    "elk.layered.spacing.nodeNodeBetweenLayers": String(spacing.layers),
    "elk.spacing.nodeNode": String(spacing.nodes),
    "elk.spacing.edgeNode": "18",
    "elk.layered.considerModelOrder.strategy": "NODES_AND_EDGES",
    "elk.edgeLabels.inline": "false",
  },
  children: nodes.map(({ id, width, height }) => ({ id, width, height })),
  edges: edges.map(({ id, from, to, labelWidth }) => ({
    id,
    sources: [from],
    targets: [to],
    labels: [{ id: `${id}:label`, text: id, width: labelWidth, height: 16 }],
  })),
});

/** Reads elk's answer. */
export const elkAnswer = (done: ElkAnswer): Placed => ({
  nodes: new Map((done.children ?? []).map(({ id, x = 0, y = 0 }) => [id, { x, y }])),
  edges: new Map(
    (done.edges ?? []).map((edge) => {
      const section = edge.sections?.[0];
      const points = section ? [section.startPoint, ...(section.bendPoints ?? []), section.endPoint] : [];
      const label = edge.labels?.[0];
      return [edge.id, { points, label: label ? { x: label.x ?? 0, y: label.y ?? 0 } : undefined }];
    }),
  ),
  width: done.width ?? 0,
  height: done.height ?? 0,
});

/** Width of a text in the 12 px face, near enough to place it. */
export const textWidth = (text: string): number => Math.ceil(text.length * 6.9) + 4;

/** An SVG path through splines (three points each) or straight pieces. */
export const pathThrough = (points: readonly Point[]): string => {
  const [first, ...rest] = points;
  if (!first) return "";
  const start = `M${first.x} ${first.y}`;
  if (rest.length % 3 !== 0) return start + rest.map(({ x, y }) => `L${x} ${y}`).join("");
  let text = start;
  for (let at = 0; at < rest.length; at += 3) {
    const piece = rest.slice(at, at + 3).map(({ x, y }) => `${x} ${y}`);
    text += `C${piece.join(" ")}`;
  }
  return text;
};
