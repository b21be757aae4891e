import type { Composition, CompositionEvent, Phase, PhaseResult, ProgramEffect } from "@parley/wire";
import { phasesOf } from "./composition.ts";

/** Where one phase stands. */
export type PhaseState =
  | { readonly kind: "waiting" }
  | { readonly kind: "running"; readonly session: string }
  | { readonly kind: "completed"; readonly session: string; readonly result: PhaseResult }
  | { readonly kind: "failed"; readonly session: string | null; readonly cause: string }
  | { readonly kind: "cancelled"; readonly session: string | null }
  /** It had completed, a later phase failed: a session of its own undoes it, has undone it or could not. */
  | {
      readonly kind: "undoing";
      readonly session: string;
      readonly undo: string;
      readonly result: PhaseResult;
    }
  | { readonly kind: "undone"; readonly session: string; readonly undo: string; readonly result: PhaseResult }
  | {
      readonly kind: "notUndone";
      readonly session: string;
      readonly undo: string | null;
      readonly result: PhaseResult;
      readonly cause: string;
    };

export type CompositionOutcome =
  | { readonly kind: "running" }
  | { readonly kind: "completed"; readonly results: { readonly [phase: string]: PhaseResult } }
  /** A phase failed: the rest did not run or was cancelled; what had completed is named. */
  | {
      readonly kind: "failed";
      readonly phase: string;
      readonly cause: string;
      readonly completed: readonly string[];
    };

/** A run of a composition: the fold of what happened to its parts. */
export interface CompositionRun {
  readonly composition: Composition;
  /** Session time, ms. */
  readonly startedAt: number;
  /** By phase, in order of the composition. */
  readonly phases: ReadonlyMap<string, PhaseState>;
  /** Effects of a program that are done, by step. */
  readonly effects: ReadonlyMap<number, boolean>;
  readonly outcome: CompositionOutcome;
}

/** What the run asks for now, in order; the same until it has happened, so that it can be resumed anywhere. */
export type CompositionAsk =
  | {
      readonly kind: "start";
      readonly phase: Phase;
      readonly inputs: { readonly [phase: string]: PhaseResult };
    }
  | { readonly kind: "effect"; readonly step: number; readonly effect: ProgramEffect }
  | { readonly kind: "cancel"; readonly phase: string; readonly session: string }
  /** Undo a completed phase of a composition that failed: the last first, one at a time. */
  | { readonly kind: "undo"; readonly phase: Phase; readonly result: PhaseResult };

export const startComposition = (composition: Composition, at: number): CompositionRun => ({
  composition,
  startedAt: at,
  phases: new Map(phasesOf(composition).map(({ name }) => [name, { kind: "waiting" }])),
  effects: new Map(),
  outcome: { kind: "running" },
});

/** When a run beside each other is given up; `undefined` when it never is. */
export const compositionDeadline = ({ composition, startedAt }: CompositionRun): number | undefined =>
  composition.kind === "parallel" ? startedAt + composition.timeout : undefined;

const resultsOf = (run: CompositionRun): { readonly [phase: string]: PhaseResult } =>
  Object.fromEntries(
    [...run.phases].flatMap(([name, state]) => (state.kind === "completed" ? [[name, state.result]] : [])),
  );

const completedOf = (run: CompositionRun): readonly string[] => Object.keys(resultsOf(run));

const startOf = (run: CompositionRun, phase: Phase): CompositionAsk => {
  const results = resultsOf(run);
  const inputs = Object.fromEntries(
    phase.uses.flatMap((name) => (name in results ? [[name, results[name] ?? {}]] : [])),
  );
  return { kind: "start", phase, inputs };
};

/** The first step of a program or sequence that has not happened yet. */
const nextInLine = (run: CompositionRun): CompositionAsk | undefined => {
  const { composition } = run;
  if (composition.kind !== "program") {
    const phase = phasesOf(composition).find(({ name }) => run.phases.get(name)?.kind !== "completed");
    return phase && run.phases.get(phase.name)?.kind === "waiting" ? startOf(run, phase) : undefined;
  }
  for (const [step, part] of composition.steps.entries()) {
    if (part.kind === "effect") {
      if (run.effects.get(step) !== true) return { kind: "effect", step, effect: part.effect };
      continue;
    }
    const state = run.phases.get(part.phase.name)?.kind;
    if (state === "waiting") return startOf(run, part.phase);
    if (state !== "completed") return undefined;
  }
  return undefined;
};

/** What a failed run still asks for: that its children are cancelled, then that what had completed is undone in reverse. */
const afterFailure = (run: CompositionRun): readonly CompositionAsk[] => {
  const cancels = [...run.phases].flatMap(([phase, state]): CompositionAsk[] =>
    state.kind === "running" ? [{ kind: "cancel", phase, session: state.session }] : [],
  );
  if (cancels.length > 0) return cancels;
  for (const phase of [...phasesOf(run.composition)].reverse()) {
    const state = run.phases.get(phase.name);
    if (state?.kind === "undoing") return [];
    if (state?.kind === "completed" && phase.undo !== undefined)
      return [{ kind: "undo", phase, result: state.result }];
  }
  return [];
};

/** Phases of a failed run whose compensation failed itself, in order of the composition. */
export const notUndone = (run: CompositionRun): readonly string[] =>
  [...run.phases].flatMap(([name, { kind }]) => (kind === "notUndone" ? [name] : []));

/** What is to be done now: nothing while children run, cancellations and compensation once it failed, nothing after its end. */
export const compositionAsks = (run: CompositionRun): readonly CompositionAsk[] => {
  if (run.outcome.kind === "failed") return afterFailure(run);
  if (run.outcome.kind === "completed") return [];
  if (run.composition.kind !== "parallel") {
    const next = nextInLine(run);
    return next === undefined ? [] : [next];
  }
  return phasesOf(run.composition)
    .filter(({ name }) => run.phases.get(name)?.kind === "waiting")
    .map((phase) => startOf(run, phase));
};

const withPhase = (run: CompositionRun, phase: string, state: PhaseState): CompositionRun => ({
  ...run,
  phases: new Map(run.phases).set(phase, state),
});

const failedBy = (run: CompositionRun, phase: string, cause: string): CompositionRun => ({
  ...run,
  phases: new Map(
    [...run.phases].map(([name, state]) => [
      name,
      state.kind === "waiting" ? { kind: "cancelled", session: null } : state,
    ]),
  ),
  outcome: { kind: "failed", phase, cause, completed: completedOf(run) },
});

const settle = (run: CompositionRun): CompositionRun => {
  const { composition } = run;
  const phases = [...run.phases.values()].every(({ kind }) => kind === "completed");
  const effects =
    composition.kind !== "program" ||
    composition.steps.every((step, index) => step.kind === "phase" || run.effects.get(index) === true);
  return phases && effects ? { ...run, outcome: { kind: "completed", results: resultsOf(run) } } : run;
};

const sessionOf = (state: PhaseState | undefined): string | null =>
  state !== undefined && "session" in state ? state.session : null;

/** The cause of a run that was given up. */
export const COMPOSITION_TIMED_OUT = "the time for all of it is over";

/** The compensation of a phase has ended; one that could not begin was not undone either. */
const undone = (
  run: CompositionRun,
  { phase, ok, cause }: Extract<CompositionEvent, { readonly kind: "undone" }>,
): CompositionRun => {
  const state = run.phases.get(phase);
  if (run.outcome.kind !== "failed" || (state?.kind !== "undoing" && state?.kind !== "completed")) return run;
  const { session, result } = state;
  if (ok && state.kind === "undoing")
    return withPhase(run, phase, { kind: "undone", session, result, undo: state.undo });
  const undo = state.kind === "undoing" ? state.undo : null;
  return withPhase(run, phase, { kind: "notUndone", session, result, undo, cause: cause ?? "it failed" });
};

const stepAfterFailure = (
  run: CompositionRun,
  event: Extract<CompositionEvent, { readonly kind: "cancelled" | "undoing" | "undone" }>,
): CompositionRun => {
  if (event.kind === "undone") return undone(run, event);
  const { phase } = event;
  const state = run.phases.get(phase);
  if (event.kind === "cancelled")
    return state?.kind === "running"
      ? withPhase(run, phase, { kind: "cancelled", session: state.session })
      : run;
  if (run.outcome.kind !== "failed" || state?.kind !== "completed") return run;
  const { session, result } = state;
  return withPhase(run, phase, { kind: "undoing", session, result, undo: event.session });
};

/** One step of the fold; what was not asked for changes nothing. */
export const stepComposition = (run: CompositionRun, event: CompositionEvent): CompositionRun => {
  if (event.kind === "cancelled" || event.kind === "undoing" || event.kind === "undone")
    return stepAfterFailure(run, event);
  if (run.outcome.kind !== "running") return run;
  switch (event.kind) {
    case "started":
      return run.phases.get(event.phase)?.kind === "waiting"
        ? withPhase(run, event.phase, { kind: "running", session: event.session })
        : run;
    case "completed": {
      const state = run.phases.get(event.phase);
      return state?.kind === "running"
        ? settle(
            withPhase(run, event.phase, { kind: "completed", session: state.session, result: event.result }),
          )
        : run;
    }
    case "failed": {
      const state = run.phases.get(event.phase);
      if (state?.kind !== "running" && state?.kind !== "waiting") return run;
      const failed = withPhase(run, event.phase, {
        kind: "failed",
        session: sessionOf(state),
        cause: event.cause,
      });
      return failedBy(failed, event.phase, event.cause);
    }
    case "effect": {
      const next = { ...run, effects: new Map(run.effects).set(event.step, event.ok) };
      return event.ok ? settle(next) : failedBy(next, `step ${event.step + 1}`, event.cause ?? "refused");
    }
    case "timeout": {
      if (run.composition.kind !== "parallel") return run;
      const slow = [...run.phases].find(([, { kind }]) => kind !== "completed")?.[0];
      return slow === undefined ? run : failedBy(run, slow, COMPOSITION_TIMED_OUT);
    }
  }
};
