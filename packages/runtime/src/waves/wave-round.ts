import type { RoundOutcome } from "../machine/commit.ts";
import { type Plan, plan, requestsOf } from "../machine/plan.ts";
import type { Coroutine, Machine } from "../machine/state.ts";
import { wakes } from "../machine/wake.ts";
import type { WaveShape } from "../machine/wave-shape.ts";
import { planWave, type Wave, type WaveProblem, waveProblem } from "./plan-wave.ts";

/** Where a step ran. */
export interface LaneSelection {
  readonly tick: number;
  readonly wave: number;
  readonly coroutine: number;
  readonly lane: number;
}

/** What a round of waves did. */
export interface WaveRound {
  readonly steps: number;
  /** Steps of its widest wave. */
  readonly width: number;
  readonly conflicts: number;
  readonly lanes: readonly LaneSelection[];
  /** Why the round fell back to one step. */
  readonly refused: WaveProblem | undefined;
}

/** The plan of one step of this coroutine, as part of the round `tick`. Reads only. */
export const stepPlan = (machine: Machine, coroutine: Coroutine, tick: number): Plan => ({
  kind: "run",
  version: machine.version,
  tick,
  coroutine: coroutine.id,
  position: 0,
  woken: wakes(machine, tick),
  requests: requestsOf(machine, coroutine, tick),
  wave: true,
});

/** Gathers what a plan asks for and commits it. */
export type Serve = (plan: Plan) => RoundOutcome;

const isStep = (machine: Machine, coroutine: Coroutine): boolean => {
  const kind = machine.linked.programs[coroutine.role]?.code[coroutine.pc]?.kind;
  return kind !== "invoke" && kind !== "jump";
};

/** Runs one member: one step, or for a fan-out its sends with the steps between them. */
const runMember = (machine: Machine, id: number, sends: number, tick: number, serve: Serve): number => {
  let left = sends;
  while (left > 0) {
    const coroutine = machine.coroutines.get(id);
    const gone = coroutine === undefined || coroutine.status.kind === "done" || coroutine.waiting;
    if (gone && left < sends) break;
    if (coroutine === undefined) break;
    const counts = sends === 1 || isStep(machine, coroutine);
    if (serve(stepPlan(machine, coroutine, tick)).status !== "continue") return sends - left + 1;
    if (counts) left -= 1;
  }
  return sends - left;
};

/**
 * Runs a round of up to `shape.width` steps, in waves, all in one tick
 * (spec/machine-surfaces.md §19). On one thread the members of a wave are
 * committed in the order they were picked; as they touch different things,
 * every other order gives the same state. A wave without a valid certificate
 * is dropped: the round is then one ordinary step. So is every round where
 * timeouts run: who leaves a scope first is a race that must not be widened. Call it only when
 * `plan(machine)` says that somebody can run.
 */
export const waveRound = (
  machine: Machine,
  shape: WaveShape,
  serve: Serve,
  propose: typeof planWave = planWave,
): WaveRound => {
  const tick = machine.tick + 1;
  const lanes: LaneSelection[] = [];
  if (machine.linked.scoped) {
    serve(plan(machine));
    return { steps: 1, width: 1, conflicts: 0, lanes, refused: undefined };
  }
  const done = { steps: 0, width: 0, conflicts: 0, lanes, refused: undefined };
  for (let wave = 0; done.steps < shape.width; wave += 1) {
    const next: Wave = propose(machine, shape, shape.width - done.steps, tick);
    const refused = shape.width > 1 ? waveProblem(machine, shape, next) : undefined;
    if (refused !== undefined) {
      if (done.steps === 0) serve(plan(machine));
      return { ...done, steps: Math.max(1, done.steps), width: Math.max(1, done.width), refused };
    }
    if (next.members.length === 0) break;
    let width = 0;
    for (const { coroutine, lane, footprint } of next.members) {
      lanes.push({ tick, wave, coroutine, lane });
      width += runMember(machine, coroutine, footprint.steps, tick, serve);
    }
    done.steps += width;
    done.width = Math.max(done.width, width);
    done.conflicts += next.conflicts;
  }
  return done;
};

/** What waves did over a run. */
export interface WaveMetrics {
  readonly rounds: number;
  readonly steps: number;
  readonly maxWidth: number;
  readonly conflicts: number;
  /** Rounds that fell back to one step. */
  readonly refused: number;
}

export const noWaves: WaveMetrics = { rounds: 0, steps: 0, maxWidth: 0, conflicts: 0, refused: 0 };

/** Adds a round to the metrics. */
export const countWave = (metrics: WaveMetrics, round: WaveRound): WaveMetrics => ({
  rounds: metrics.rounds + 1,
  steps: metrics.steps + round.steps,
  maxWidth: Math.max(metrics.maxWidth, round.width),
  conflicts: metrics.conflicts + round.conflicts,
  refused: metrics.refused + (round.refused === undefined ? 0 : 1),
});
