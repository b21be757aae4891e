import type { Lane } from "./sequence-model.ts";

/**
 * The lanes as the person ordered them: those named first, the rest in order
 * of declaration. Naming a family moves its members, so that unfolding it
 * keeps it where it was.
 */
export const laneOrder = (lanes: readonly Lane[], order: readonly string[]): readonly Lane[] => {
  const rank = new Map<string, number>();
  for (const [position, id] of order.entries()) if (!rank.has(id)) rank.set(id, position);
  const rankOf = (lane: Lane): number => rank.get(lane.id) ?? rank.get(lane.role) ?? order.length;
  return lanes
    .map((lane, position) => ({ lane, position, rank: rankOf(lane) }))
    .sort((a, b) => a.rank - b.rank || a.position - b.position)
    .map(({ lane }) => lane);
};
