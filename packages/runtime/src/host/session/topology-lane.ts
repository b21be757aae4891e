import { PAIR_SEPARATOR } from "../../machine/topology.ts";
import type { SessionState } from "./session-state.ts";

/** What is broken from a position on; a person or a script changed it there. */
export interface TopologyChange {
  readonly position: number;
  /** Session time, ms. */
  readonly at: number;
  readonly event: { readonly [key: string]: unknown };
  readonly crashed: readonly string[];
  readonly cut: readonly (readonly [from: string, to: string])[];
  readonly garbled: readonly (readonly [from: string, to: string])[];
}

const ends = (pair: string): readonly [string, string] => {
  const [from = "", to = ""] = pair.split(PAIR_SEPARATOR);
  return [from, to];
};

/** Keeps a change of the topology with the state that has just taken it; for lanes, no part of any hash. */
export const noteTopology = (state: SessionState, event: TopologyChange["event"]): void => {
  const { position, at, machine } = state;
  const change: TopologyChange = {
    position,
    at,
    event,
    crashed: [...machine.crashed].sort(),
    cut: [...machine.partitions].sort().map(ends),
    garbled: [...machine.corruptions.keys()].sort().map(ends),
  };
  state.topology = [...state.topology, change];
};
