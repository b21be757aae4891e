import type { LocalType } from "../projection/local-type.ts";
import { type PlaceType, TypeGraph } from "./type-graph.ts";

/** Every place a type leads to, once, in the order they are met. */
export const placesOf = (type: LocalType): readonly PlaceType[] => {
  const graph = new TypeGraph();
  const root = graph.root(type);
  const seen = new Set([root]);
  const order = [root];
  for (const position of order) {
    for (const next of nextOf(graph.at(position))) {
      const to = graph.step(position, next);
      if (seen.has(to)) continue;
      seen.add(to);
      order.push(to);
    }
  }
  return order.map((position) => graph.at(position));
};

/** What a type leads to, in order. */
export const nextOf = (type: LocalType): readonly LocalType[] => {
  switch (type.kind) {
    case "end":
    case "var":
      return [];
    case "mu":
      return [type.body];
    case "send":
    case "recv":
    case "decide":
      return type.branches.map(({ next }) => next);
    case "perform":
      return [type.next];
    case "par":
      return [...type.arms, type.next];
    case "scope":
      return [type.body, ...type.exits.map(({ next }) => next)];
  }
};
