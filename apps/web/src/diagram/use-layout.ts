import type { GraphEdge, GraphNode, Placed, Spacing } from "@parley/core/diagram";
import { useEffect, useState } from "react";
import { layeredLayout } from "./layered-layout.ts";

/** Lays a graph out whenever its shape changes; the old picture stays until the new one is there. */
export const useLayout = (
  nodes: readonly GraphNode[],
  edges: readonly GraphEdge[],
  direction: "RIGHT" | "DOWN",
  spacing?: Spacing,
): Placed | undefined => {
  const [placed, setPlaced] = useState<Placed>();
  const shape = JSON.stringify([nodes, edges, direction, spacing]);
  useEffect(() => {
    let wanted = true;
    const [n, e, d, s] = JSON.parse(shape) as [GraphNode[], GraphEdge[], "RIGHT" | "DOWN", Spacing | null];
    void layeredLayout(n, e, d, s ?? undefined).then((done) => wanted && setPlaced(done));
    return () => {
      wanted = false;
    };
  }, [shape]);
  return placed;
};
