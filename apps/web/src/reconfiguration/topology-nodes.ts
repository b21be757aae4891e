import type { TopologyNode } from "./topology-drawing.tsx";

interface Sides {
  readonly before: readonly TopologyNode[];
  readonly after: readonly TopologyNode[];
}

/**
 * Both sides of a change of members, with the same nodes in the same places:
 * who leaves is marked before, who joins after.
 *
 * @example memberSides(["ada"], ["bea"], (id) => id).after[1]?.mark // "joins"
 */
export const memberSides = (
  before: readonly string[],
  after: readonly string[],
  name: (id: string) => string,
): Sides => {
  const all = [...new Set([...before, ...after])];
  const side = (own: readonly string[], other: readonly string[], mark: "joins" | "leaves") =>
    all.map(
      (id): TopologyNode => ({
        id,
        name: name(id),
        linked: own.includes(id),
        ...(own.includes(id) && !other.includes(id) ? { mark } : {}),
      }),
    );
  return { before: side(before, after, "leaves"), after: side(after, before, "joins") };
};
