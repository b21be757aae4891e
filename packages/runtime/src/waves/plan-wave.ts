import { candidates } from "../machine/pick.ts";
import type { Machine } from "../machine/state.ts";
import { wakes } from "../machine/wake.ts";
import type { WaveShape } from "../machine/wave-shape.ts";
import { type Footprint, footprintOf, overlap } from "./footprint.ts";

/** One coroutine of a wave. */
export interface WaveMember {
  readonly coroutine: number;
  readonly lane: number;
  readonly footprint: Footprint;
}

/** Coroutines that may run side by side, in the order they are committed in. It belongs to one state of the machine. */
export interface Wave {
  readonly version: number;
  readonly tick: number;
  readonly members: readonly WaveMember[];
  /** Candidates passed over: their lane was taken, or what they touch. */
  readonly conflicts: number;
}

/**
 * Plans a wave of at most `budget` steps (spec/machine-surfaces.md §19):
 * candidates in the order of the policy; one is passed over, and keeps its
 * place, when its lane or something it touches is taken. Reads only.
 */
export const planWave = (machine: Machine, shape: WaveShape, budget: number, tick: number): Wave => {
  const members: WaveMember[] = [];
  const lanes = new Set<number>();
  let left = budget;
  let conflicts = 0;
  for (const coroutine of candidates(machine, wakes(machine, tick), tick)) {
    if (left < 1 || lanes.size === shape.lanes) break;
    const lane = coroutine.id % shape.lanes;
    const footprint = footprintOf(machine, coroutine, shape, left);
    if (lanes.has(lane) || members.some((member) => overlap(member.footprint, footprint))) {
      conflicts += 1;
      continue;
    }
    lanes.add(lane);
    left -= footprint.steps;
    members.push({ coroutine: coroutine.id, lane, footprint });
  }
  return { version: machine.version, tick, members, conflicts };
};

/** Why a wave may not run as it is. */
export type WaveProblem =
  | { readonly kind: "stale"; readonly planned: number; readonly actual: number }
  | { readonly kind: "twice" | "not-ready"; readonly coroutine: number }
  | { readonly kind: "lane"; readonly lane: number }
  | { readonly kind: "overlap"; readonly coroutine: number; readonly with: number };

/** Checks a wave against the machine it is to run on: the certificate every wave needs. */
export const waveProblem = (machine: Machine, shape: WaveShape, wave: Wave): WaveProblem | undefined => {
  if (wave.version !== machine.version)
    return { kind: "stale", planned: wave.version, actual: machine.version };
  const ready = new Set(
    candidates(machine, wakes(machine, wave.tick), wave.tick).map((coroutine) => coroutine.id),
  );
  const lanes = new Set<number>();
  const seen: { readonly id: number; readonly footprint: Footprint }[] = [];
  for (const { coroutine: id, footprint } of wave.members) {
    const coroutine = machine.coroutines.get(id);
    if (coroutine === undefined || !ready.has(id)) return { kind: "not-ready", coroutine: id };
    if (seen.some((other) => other.id === id)) return { kind: "twice", coroutine: id };
    const lane = id % shape.lanes;
    if (lanes.has(lane)) return { kind: "lane", lane };
    const actual = footprintOf(machine, coroutine, shape, footprint.steps);
    const other = seen.find((one) => overlap(one.footprint, actual));
    if (other !== undefined) return { kind: "overlap", coroutine: id, with: other.id };
    lanes.add(lane);
    seen.push({ id, footprint: actual });
  }
  return undefined;
};
