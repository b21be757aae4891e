import {
  elkAnswer,
  elkRequest,
  type GraphEdge,
  type GraphNode,
  type Placed,
  type Spacing,
} from "@parley/core/diagram";
import ELK, { type ElkNode } from "elkjs/lib/elk-api.js";
import ElkWorker from "elkjs/lib/elk-worker.min.js?worker";

let elk: InstanceType<typeof ELK> | undefined;

/** Places a graph in layers, in a worker of its own. The same graph gets the same places. */
export const layeredLayout = async (
  nodes: readonly GraphNode[],
  edges: readonly GraphEdge[],
  direction: "RIGHT" | "DOWN",
  spacing?: Spacing,
): Promise<Placed> => {
  elk ??= new ELK({ workerFactory: () => new ElkWorker() });
  const request: ElkNode = elkRequest(nodes, edges, direction, spacing);
  return elkAnswer(await elk.layout(request));
};
