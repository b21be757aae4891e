import type { Frame } from "../machine/frame-queue.ts";
import type { FramePlace } from "../machine/in-flight.ts";
import { note } from "./note.ts";
import { perfectNetwork } from "./read-network.ts";
import type { LinkPolicy, NetworkModel } from "./scenario.ts";
import type { Sim } from "./sim-state.ts";
import { corrupt } from "./tamper.ts";

/** Whether there is a network at all: declared, or touched by a reconfiguration. */
export const hasNetwork = ({ scenario }: Sim): boolean =>
  scenario.network !== undefined || scenario.reconfigurations.length > 0;

/** The federation that keeps two roles apart, if one does; a role in no group is apart from every group. */
const cutBy = ({ state }: Sim, { from, to }: FramePlace): string | undefined => {
  const group = (groups: readonly (readonly string[])[], role: string): number =>
    groups.findIndex((members) => members.includes(role));
  return state.federations.find(({ groups }) => group(groups, from) !== group(groups, to))?.name;
};

/** A dynamic link replaces the static ones entirely; of those the last counts. */
const policyOf = (
  { state }: Sim,
  network: NetworkModel,
  { from, to }: FramePlace,
): LinkPolicy | undefined => {
  const matches = (link: LinkPolicy): boolean => link.from === from && link.to === to;
  return state.links.find(matches) ?? network.links.findLast(matches);
};

/** What the network makes of a message: lost, or how many ticks it takes. */
export type Route =
  | { readonly kind: "drop"; readonly by: string; readonly why: string }
  | { readonly kind: "pass"; readonly frame: Frame; readonly ticks: number };

const edgeKey = ({ sid, from, to }: FramePlace): string => `${sid}\u0000${from}\u0000${to}`;

/** Keeps the order of an edge: nothing arrives before what was sent earlier. */
const inOrder = (sim: Sim, place: FramePlace, ticks: number): number => {
  const { state } = sim;
  const key = edgeKey(place);
  const due = Math.max(state.clock + ticks, state.lastDue[key] ?? 0);
  state.lastDue = { ...state.lastDue, [key]: due };
  return due - state.clock;
};

/**
 * Routes one message (spec/simulation.md §6.3). Draws, in this order: loss,
 * latency, then our own reordering and corruption; none where the answer is
 * certain.
 */
export const route = (sim: Sim, place: FramePlace, sent: Frame): Route => {
  const network = sim.scenario.network ?? perfectNetwork;
  const dice = sim.dice.network;
  const federation = cutBy(sim, place);
  if (federation !== undefined) return { kind: "drop", by: federation, why: "the roles are partitioned" };
  const policy = policyOf(sim, network, place);
  if (policy?.enabled === false) return { kind: "drop", by: "network", why: "the link is down" };
  if (dice.chance(policy?.loss ?? network.loss))
    return { kind: "drop", by: "network", why: "lost by the network" };
  let ticks = dice.around(policy?.latency ?? network.latency, policy?.variance ?? network.variance);
  const { from, to } = place;
  const message = { from, to, seq: sent.seq, label: sent.label };
  if (dice.chance(network.reorder)) {
    ticks += network.reorderDelay;
    note(sim, { kind: "delayed", by: "network", ticks: network.reorderDelay, ...message });
  }
  let frame = sent;
  if (dice.chance(network.corrupt)) {
    note(sim, { kind: "corrupted", by: "network", how: network.corruption, ...message });
    frame = { ...frame, payload: corrupt(frame.payload, network.corruption) };
  }
  return { kind: "pass", frame, ticks: network.ordered ? inOrder(sim, place, ticks) : ticks };
};
