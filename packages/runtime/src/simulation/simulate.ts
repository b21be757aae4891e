import type { MachineEvent } from "@parley/wire";
import type { CodeImage } from "../machine/code/image.ts";
import { commit } from "../machine/commit.ts";
import type { SchedulerPolicy } from "../machine/config.ts";
import { createMachine, openSession } from "../machine/open.ts";
import { plan } from "../machine/plan.ts";
import { expireTimer, runningTimers } from "../machine/timers.ts";
import { causalOrder } from "../trace/causal-order.ts";
import { tickAdversaries } from "./adversaries.ts";
import { answer, remember } from "./answers.ts";
import { checkAgainst } from "./check-against.ts";
import { type Checkpoint, fromCheckpoint, takeCheckpoint } from "./checkpoint.ts";
import { deliverDue, sendOn } from "./deliver.ts";
import { type FieldSample, fieldRoles, moveField } from "./field.ts";
import { watch, watchEnd } from "./monitors.ts";
import { nextDue } from "./next-due.ts";
import { note, record } from "./note.ts";
import { reconfigure } from "./reconfigure.ts";
import type { SimulationResult } from "./result.ts";
import type { RunEnd, Scenario, Scheduler } from "./scenario.ts";
import { type ScenarioError, scenarioError } from "./scenario-error.ts";
import { diceFor, type Sim, startState } from "./sim-state.ts";
import { type Measure, measureOf, statisticsOf } from "./statistics.ts";
import { resolveProfile } from "./theorem-profile.ts";
import { verdictOf } from "./verdict.ts";
import type { FoundViolation, Violation } from "./violation.ts";

const policies: { readonly [scheduler in Scheduler]: SchedulerPolicy } = {
  auto: { kind: "cooperative" },
  cooperative: { kind: "cooperative" },
  round_robin: { kind: "roundRobin" },
  priority_aging: { kind: "aging" },
  priority_token_weighted: { kind: "tokenWeighted" },
  progress_aware: { kind: "progressAware" },
};

/** A run that can be driven round by round. */
export class Simulation {
  readonly sim: Sim;
  private readonly initial: Measure;
  private readonly found: FoundViolation[] = [];
  private readonly checkpoints: Checkpoint[] = [];
  /** Events the monitors have seen. */
  private seen = 0;
  private ended: RunEnd | undefined;

  constructor(sim: Sim) {
    this.sim = sim;
    this.initial = measureOf(sim.machine);
  }

  /** Whether the run is over. */
  get over(): boolean {
    return this.ended !== undefined;
  }

  /** One pass of the loop (spec/simulation.md §7.3): a round, or a wait until something is due. */
  step(): void {
    if (this.ended !== undefined) return;
    const { state, machine, scenario } = this.sim;
    if (state.rounds >= scenario.steps - 1) {
      this.end("limit");
      return;
    }
    this.world();
    const planned = plan(machine);
    if (planned.kind === "stuck" && this.wait()) return;
    const undrawn = state.rng.policy;
    const answered = answer(this.sim, planned);
    const outcome = commit(machine, planned, answered.answers);
    if (outcome.status === "stuck" || outcome.status === "allDone") {
      this.end(machine.live === 0 ? this.finish() : "stuck");
      return;
    }
    if (!outcome.done) state.rounds += 1;
    if (outcome.status === "continue") remember(this.sim, answered);
    else state.rng = { ...state.rng, policy: undrawn };
    this.observe(outcome.events);
    if (outcome.done) this.end(this.finish());
  }

  /** What the world does before a round. */
  private world(): void {
    const { sim } = this;
    const { state } = sim;
    const moment = { tick: state.clock + 1, step: state.rounds + 1, fresh: state.fresh };
    state.clock = moment.tick;
    state.fresh = [];
    reconfigure(sim, moment);
    tickAdversaries(sim, moment);
    deliverDue(sim);
    for (const { id, deadline } of runningTimers(sim.machine)) {
      if (deadline > state.clock) break;
      for (const sid of sim.machine.sessions.keys()) {
        const expired = expireTimer(sim.machine, sid, id);
        if (!expired.ok) continue;
        note(sim, { kind: "timer", timer: id });
        record(sim, expired.events);
        break;
      }
    }
  }

  /** Lets time pass to the next thing that is due; false when nothing is. */
  private wait(): boolean {
    const { state } = this.sim;
    const due = nextDue(this.sim);
    if (due === undefined) return false;
    state.clock = Math.max(state.clock, due - 1);
    return true;
  }

  /** Records a round, sends its messages on their way and looks at the properties. */
  private observe(events: readonly MachineEvent[]): void {
    const { sim } = this;
    record(sim, events);
    sendOn(sim, events);
    moveField(sim, events);
    this.check();
    const interval = sim.scenario.checkpointInterval;
    if (interval !== undefined && sim.machine.live > 0 && sim.machine.tick % interval === 0)
      this.checkpoints.push(takeCheckpoint(sim));
  }

  private check(): void {
    const { trace } = this.sim;
    const unseen = trace.slice(this.seen).map(({ event }) => event);
    this.seen = trace.length;
    this.found.push(...watch(this.sim, unseen));
  }

  private finish(): RunEnd {
    return [...this.sim.machine.sessions.values()].some(({ faults }) => faults > 0) ? "faulted" : "completed";
  }

  private end(outcome: RunEnd): void {
    this.ended = outcome;
    // What stopped the run may have come from the world, after the last round.
    if (outcome === "stuck") this.check();
    this.found.push(...watchEnd(this.sim));
  }

  /** Runs to the end. */
  run(): SimulationResult {
    while (!this.over) this.step();
    return this.result();
  }

  /** What the run has shown so far; one that is not over counts as cut at its limit. */
  result(): SimulationResult {
    const { sim } = this;
    const { scenario, machine, state } = sim;
    const outcome = this.ended ?? "limit";
    const violations = withPast(sim, this.found);
    return {
      scenario: scenario.name,
      seed: scenario.seed,
      outcome,
      rounds: state.rounds,
      finalTick: machine.tick,
      clock: state.clock,
      profile: resolveProfile(scenario),
      trace: sim.trace,
      incidents: sim.incidents,
      inFlight: state.inFlight.map(({ place: { from, to }, frame: { seq, label }, due }) => ({
        from,
        to,
        seq,
        label,
        due,
      })),
      decisions: sim.decisions,
      ...(scenario.field === undefined ? {} : { field: fieldResult(sim) }),
      unusedRows: unusedRows(sim),
      violations,
      checkpoints: this.checkpoints,
      statistics: statisticsOf(sim, this.initial),
      verdict: verdictOf(sim, outcome, violations),
    };
  }
}

const fieldResult = (sim: Sim): NonNullable<SimulationResult["field"]> => {
  const roles = fieldRoles(sim);
  const samples: readonly FieldSample[] = sim.samples;
  return {
    samples,
    final: sim.state.field.map(({ values }, i) => ({ role: roles[i] ?? "", values })),
  };
};

const unusedRows = ({ scenario, state }: Sim): readonly string[] =>
  (["decide", "payload", "faults"] as const).flatMap((list) =>
    scenario[list].map((_, i) => `${list}[${i}]`).filter((row) => !state.used.has(row)),
  );

const withPast = (sim: Sim, found: readonly FoundViolation[]): readonly Violation[] => {
  if (found.length === 0) return [];
  const order = causalOrder(sim.trace);
  return found.map(({ roots, ...violation }) => ({
    ...violation,
    past: [...new Set(roots.flatMap((root) => [...order.past(root)]))].sort((a, b) => a - b),
  }));
};

export type Started =
  | { readonly ok: true; readonly simulation: Simulation }
  | { readonly ok: false; readonly errors: readonly ScenarioError[] };

/** The image with the numbers of the scenario: what windows of progress contracts are named by. */
const boundImage = (image: CodeImage, { families, names }: Scenario): CodeImage =>
  Object.keys(names).length === 0
    ? image
    : { ...image, bindings: { ...image.bindings, ...families, ...names } };

/** Opens a run of a protocol under a scenario, once that fits it. */
export const startSimulation = (image: CodeImage, scenario: Scenario): Started => {
  const errors = checkAgainst(scenario, image);
  if (errors.length > 0) return { ok: false, errors };
  const machine = createMachine(boundImage(image, scenario), { scheduler: policies[scenario.scheduler] });
  const opened = openSession(machine);
  if (!opened.ok) {
    const reason = `the machine cannot open the session: ${opened.error.kind}`;
    return {
      ok: false,
      errors: [scenarioError("bad-bindings", "families", reason, "Use smaller families.")],
    };
  }
  const state = startState(scenario, fieldRoles({ scenario, machine }));
  const sim: Sim = {
    scenario,
    machine,
    state,
    trace: [],
    incidents: [],
    decisions: [],
    samples: [],
    dice: diceFor(state),
  };
  record(sim, opened.events);
  return { ok: true, simulation: new Simulation(sim) };
};

export type Simulated =
  | { readonly ok: true; readonly result: SimulationResult }
  | { readonly ok: false; readonly errors: readonly ScenarioError[] };

/**
 * Runs a scenario to its end. Deterministic: the same image and scenario give
 * the same bytes (`encodeResult`).
 *
 * @example simulate(image, scenario) // { ok: true, result: { outcome: "stuck", … } }
 */
export const simulate = (image: CodeImage, scenario: Scenario): Simulated => {
  const started = startSimulation(image, scenario);
  return started.ok ? { ok: true, result: started.simulation.run() } : started;
};

/** Goes on from a checkpoint of a run of the same image and scenario; the result covers what follows it. */
export const resumeSimulation = (image: CodeImage, scenario: Scenario, checkpoint: Checkpoint) => {
  const found = fromCheckpoint(boundImage(image, scenario), scenario, checkpoint);
  return found.ok ? { ok: true as const, simulation: new Simulation(found.sim) } : found;
};
