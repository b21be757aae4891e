import { messageRows, type SequenceModel } from "./sequence-model.ts";

export interface RoleNode {
  /** Lane id. */
  readonly id: string;
  /** `Guardians[N]` of a folded family, else the id. */
  readonly label: string;
  /** A folded family, drawn as a stack. */
  readonly stacked: boolean;
  /** Hue = `ordinal % 6`, as in the sequence diagram. */
  readonly ordinal: number;
  readonly sends: number;
  readonly receives: number;
}

export interface RoleEdge {
  /** `Buyer->Seller`: the same as long as both roles talk, whatever they say. */
  readonly id: string;
  readonly from: string;
  readonly to: string;
  /** One a place in the program, in reading order. */
  readonly messages: readonly { readonly edge: string; readonly label: string; readonly payload: string }[];
}

/** Who talks to whom. Positions are the layouter's business. */
export interface RoleGraph {
  readonly nodes: readonly RoleNode[];
  readonly edges: readonly RoleEdge[];
}

/**
 * The role graph of a sequence: nodes are its lanes, edges join all messages
 * from one lane to another. Frames of hidden decisions are left out.
 */
export const roleGraph = (model: SequenceModel): RoleGraph => {
  const edges = new Map<string, { from: string; to: string; messages: RoleEdge["messages"][number][] }>();
  const sends = new Map<string, number>();
  const receives = new Map<string, number>();
  const count = (map: Map<string, number>, lane: string) => map.set(lane, (map.get(lane) ?? 0) + 1);
  for (const row of messageRows(model)) {
    if (row.control) continue;
    for (const leg of row.legs) {
      const id = `${leg.from}->${leg.to}`;
      const edge = edges.get(id) ?? { from: leg.from, to: leg.to, messages: [] };
      edge.messages.push({ edge: leg.edge, label: row.label, payload: row.payload });
      edges.set(id, edge);
      count(sends, leg.from);
      count(receives, leg.to);
    }
  }
  return {
    nodes: model.lanes.map((lane) => ({
      id: lane.id,
      label: lane.size === undefined ? lane.id : `${lane.role}[${lane.size}]`,
      stacked: lane.kind === "family",
      ordinal: lane.ordinal,
      sends: sends.get(lane.id) ?? 0,
      receives: receives.get(lane.id) ?? 0,
    })),
    edges: [...edges].map(([id, edge]) => ({ id, ...edge })),
  };
};
