import ELK, { type ElkNode } from "elkjs/lib/elk-api.js";
import ElkWorker from "elkjs/lib/elk-worker.min.js?worker";

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

export interface Placed {
  readonly nodes: ReadonlyMap<string, { readonly x: number; readonly y: number }>;
  /** Bend points from source to target, and the label's corner. */
  readonly edges: ReadonlyMap<
    string,
    {
      readonly points: readonly { x: number; y: number }[];
      readonly label: { x: number; y: number } | undefined;
    }
  >;
  readonly width: number;
  readonly height: number;
}

let elk: InstanceType<typeof ELK> | undefined;

/** Distances between what is placed, in px. */
export interface Spacing {
  readonly layers: number;
  readonly nodes: number;
}

const options = (direction: "RIGHT" | "DOWN", spacing: Spacing): Record<string, string> => ({
  "elk.algorithm": "layered",
  "elk.direction": direction,
  "elk.edgeRouting": "SPLINES",
  "elk.layered.spacing.nodeNodeBetweenLayers": String(spacing.layers),
  "elk.spacing.nodeNode": String(spacing.nodes),
  "elk.spacing.edgeNode": "18",
  "elk.layered.considerModelOrder.strategy": "NODES_AND_EDGES",
  "elk.edgeLabels.inline": "false",
});

/** Places a graph in layers, in a worker of its own. The same graph gets the same places. */
export const layeredLayout = async (
  nodes: readonly GraphNode[],
  edges: readonly GraphEdge[],
  direction: "RIGHT" | "DOWN",
  spacing: Spacing = { layers: 56, nodes: 36 },
): Promise<Placed> => {
  elk ??= new ELK({ workerFactory: () => new ElkWorker() });
  const graph: ElkNode = {
    id: "root",
    layoutOptions: options(direction, spacing),
    children: nodes.map(({ id, width, height }) => ({ id, width, height })),
    edges: edges.map(({ id, from, to, labelWidth }) => ({
      id,
      sources: [from],
      targets: [to],
      labels: [{ id: `${id}:label`, text: id, width: labelWidth, height: 16 }],
    })),
  };
  const done = await elk.layout(graph);
  return {
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
  };
};

/** Width of a text in the 12 px face, near enough to place it. */
export const textWidth = (text: string): number => Math.ceil(text.length * 6.9) + 4;
