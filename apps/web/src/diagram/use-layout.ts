import { useEffect, useState } from "react";
import { type GraphEdge, type GraphNode, layeredLayout, type Placed } from "./layered-layout.ts";

/** Lays a graph out whenever its shape changes; the old picture stays until the new one is there. */
export const useLayout = (
  nodes: readonly GraphNode[],
  edges: readonly GraphEdge[],
  direction: "RIGHT" | "DOWN",
): Placed | undefined => {
  const [placed, setPlaced] = useState<Placed>();
  const shape = JSON.stringify([nodes, edges, direction]);
  useEffect(() => {
    let wanted = true;
    const [n, e, d] = JSON.parse(shape) as [GraphNode[], GraphEdge[], "RIGHT" | "DOWN"];
    void layeredLayout(n, e, d).then((done) => wanted && setPlaced(done));
    return () => {
      wanted = false;
    };
  }, [shape]);
  return placed;
};
