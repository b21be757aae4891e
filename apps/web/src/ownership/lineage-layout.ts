import type { OwnershipView } from "@parley/wire/http";

type Lineage = OwnershipView["lineage"];
type Edge = Lineage["edges"][number];

/** A handover as an arrow between the lanes of two authorities, one row each. */
export interface LineageArrow {
  readonly edge: Edge;
  readonly from: number;
  readonly to: number;
  readonly row: number;
  /** The generation it makes. */
  readonly generation: number;
}

/** How long an authority owned the session: rows from and to, whole lanes of it. */
export interface LineageStay {
  readonly lane: number;
  readonly from: number;
  readonly to: number;
  readonly current: boolean;
}

export interface LineageLayout {
  /** Authorities in the order in which they first owned it. */
  readonly lanes: readonly { readonly owner: string; readonly name: string; readonly current: boolean }[];
  readonly arrows: readonly LineageArrow[];
  readonly stays: readonly LineageStay[];
  readonly rows: number;
}

/**
 * Draws who owned a session as lanes of authorities with handovers between
 * them: an authority that gets the session back keeps its one lane.
 */
export const lineageLayout = ({ nodes, edges }: Lineage): LineageLayout => {
  const owners = [...new Set(nodes.map(({ owner }) => owner))];
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const laneOf = (id: string): number => owners.indexOf(byId.get(id)?.owner ?? "");
  const arrows = edges.map((edge, at) => ({
    edge,
    from: laneOf(edge.from),
    to: laneOf(edge.to),
    row: at + 1,
    generation: byId.get(edge.to)?.generation ?? 0,
  }));
  const began = new Map(arrows.map(({ edge, row }) => [edge.to, row]));
  const ended = new Map(arrows.map(({ edge, row }) => [edge.from, row]));
  const rows = edges.length + 1;
  return {
    lanes: owners.map((owner) => {
      const own = nodes.filter((node) => node.owner === owner);
      return { owner, name: own[0]?.name ?? owner, current: own.some(({ current }) => current) };
    }),
    arrows,
    stays: nodes.map(({ id, current }) => ({
      lane: laneOf(id),
      from: began.get(id) ?? 0,
      to: ended.get(id) ?? rows,
      current,
    })),
    rows,
  };
};
