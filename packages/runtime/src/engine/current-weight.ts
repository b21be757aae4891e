import { depthFrom } from "../admission/termination-budget.ts";
import type { Machine } from "../machine/state.ts";

/**
 * The measure a budget is made from: twice the depths of what its endpoints
 * still have to do, and the messages on their way (spec/aura-runtime.md §8.3).
 */
export const currentWeight = (machine: Machine): number => {
  let weight = 0;
  for (const session of machine.sessions.values()) {
    for (const { role, type } of session.endpoints) {
      const program = machine.image.programs[role];
      if (program !== undefined && type >= 0) weight += 2 * depthFrom(program, type);
    }
    for (const edge of session.edges) weight += edge.frames.length;
  }
  return weight;
};
