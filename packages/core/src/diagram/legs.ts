import { edgePath } from "../kernel/edge-path.ts";
import type { Endpoint, Ends } from "./lane-table.ts";
import type { Leg } from "./sequence-model.ts";

const leg = (edge: string, from: Endpoint, to: Endpoint): Leg => ({
  edge,
  from: from.lane,
  to: to.lane,
  ...(from.note === undefined ? {} : { fromNote: from.note }),
  ...(to.note === undefined ? {} : { toNote: to.note }),
});

/**
 * The legs of one send on the lanes there are: one for plain roles and folded
 * families, one a member for unfolded ones, pairwise for family to family
 * (model §3). Legs are numbered in order of sending, self pairs skipped.
 */
export const sendLegs = (edge: string, from: Ends, to: Ends): readonly Leg[] => {
  const spreadFrom = from.many && from.known;
  const spreadTo = to.many && to.known;
  const [sender] = from.list;
  const [receiver] = to.list;
  if (sender === undefined || receiver === undefined) return [];
  if (!spreadFrom && !spreadTo) return [leg(edge, sender, receiver)];
  const count = Math.max(spreadFrom ? from.list.length : 0, spreadTo ? to.list.length : 0);
  const legs: Leg[] = [];
  for (let k = 0; k < count; k++) {
    const source = spreadFrom ? from.list[k] : sender;
    const target = spreadTo ? to.list[k] : receiver;
    if (source === undefined || target === undefined || source.lane === target.lane) continue;
    legs.push(leg(edgePath.leg(edge, legs.length), source, target));
  }
  return legs;
};

/**
 * The legs of `A ->*`: one a target lane. They carry their own number up to
 * the first family of unknown size, and the send's id from there on.
 */
export const broadcastLegs = (edge: string, from: Ends, targets: readonly Ends[]): readonly Leg[] => {
  const [sender] = from.list;
  if (sender === undefined) return [];
  const legs: Leg[] = [];
  let next: number | undefined = 0;
  for (const target of targets) {
    for (const end of target.list) {
      if (!target.known) next = undefined;
      legs.push(leg(next === undefined ? edge : edgePath.leg(edge, next), sender, end));
      if (next !== undefined) next += 1;
    }
  }
  return legs;
};
