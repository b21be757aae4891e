import type { Composition, CompositionEvent, PhaseResult, ProgramEffect } from "@parley/wire";
import type {
  CompositionJson,
  CompositionLane,
  CompositionList,
  CompositionSummary,
  CompositionView,
} from "@parley/wire/http";
import {
  type CompositionAsk,
  type CompositionRun,
  compositionAsks,
  compositionDeadline,
  notUndone,
  type PhaseState,
  phasesOf,
  shippedCompositions,
} from "../../services/index.ts";
import { liveSession } from "../commands/inputs.ts";
import { waitsFor } from "../commands/run-session.ts";
import { canAdvance } from "../commands/session-unit.ts";
import type { HostCore } from "../core.ts";
import { done, type Result, refused } from "../host-error.ts";
import { sessionStatus } from "../session/session-status.ts";
import { readView } from "../views/read-view.ts";
import { childrenOf } from "./drive-composition.ts";

const effectWords = (effect: ProgramEffect): string =>
  effect.kind === "ValidateCapability"
    ? `${effect.role} may ${effect.capability}`
    : `notes “${effect.event}”`;

const summaryOf = (id: string, run: CompositionRun): CompositionSummary => ({
  id,
  name: run.composition.name,
  kind: run.composition.kind,
  status: run.outcome.kind,
  startedAt: run.startedAt,
  phases: run.phases.size,
  completed: [...run.phases.values()].filter(({ kind }) => kind === "completed").length,
});

const asJson = (composition: Composition): CompositionJson => composition as unknown as CompositionJson;

/** All compositions, the newest first, and those that ship. */
export const listCompositions = (core: Pick<HostCore, "workspace">): CompositionList => ({
  items: [...core.workspace.durable.services.compositions].reverse().map(([id, run]) => summaryOf(id, run)),
  shipped: [...shippedCompositions.values()].map(asJson),
});

const sessionLane = async (core: HostCore, id: string): Promise<CompositionLane["session"]> => {
  const live = await liveSession(core, id);
  if (!live.ok) return { id, status: "unknown", head: 0 };
  const { state } = live.cell;
  return { id, status: sessionStatus(state.machine), head: state.position };
};

const causeOf = (state: PhaseState): string | null => ("cause" in state ? state.cause : null);
const resultOf = (state: PhaseState): PhaseResult | null => ("result" in state ? state.result : null);
const sessionOf = (state: PhaseState): string | null => ("session" in state ? state.session : null);

type PhaseDraft = ReturnType<typeof phasesOf>[number];

const phaseLane = async (
  core: HostCore,
  run: CompositionRun,
  phase: PhaseDraft,
  step: number,
): Promise<CompositionLane> => {
  const state = run.phases.get(phase.name) ?? { kind: "waiting" };
  const session = sessionOf(state);
  return {
    step,
    kind: "phase",
    name: phase.name,
    what: phase.protocol,
    state: state.kind,
    uses: [...phase.uses],
    session: session === null ? null : await sessionLane(core, session),
    undo:
      phase.undo === undefined
        ? null
        : { protocol: phase.undo, session: "undo" in state ? state.undo : null },
    result: resultOf(state),
    cause: causeOf(state),
  };
};

const effectLane = (
  run: CompositionRun,
  effect: ProgramEffect,
  step: number,
  causes: ReadonlyMap<number, string>,
): CompositionLane => {
  const ok = run.effects.get(step);
  const ended = run.outcome.kind === "failed" ? "cancelled" : "waiting";
  return {
    step,
    kind: "effect",
    name: effect.kind,
    what: effectWords(effect),
    state: ok === undefined ? ended : ok ? "completed" : "failed",
    uses: [],
    session: null,
    undo: null,
    result: null,
    cause: causes.get(step) ?? null,
  };
};

type Log = readonly { readonly at: number; readonly event: CompositionEvent }[];

const lanesOf = async (core: HostCore, run: CompositionRun, log: Log): Promise<CompositionLane[]> => {
  const { composition } = run;
  if (composition.kind !== "program")
    return Promise.all(phasesOf(composition).map((phase, step) => phaseLane(core, run, phase, step)));
  const causes = new Map(
    log.flatMap(({ event }) =>
      event.kind === "effect" && event.cause !== undefined ? [[event.step, event.cause] as const] : [],
    ),
  );
  return Promise.all(
    composition.steps.map(async (one, step) =>
      one.kind === "phase"
        ? phaseLane(core, run, one.phase, step)
        : effectLane(run, one.effect, step, causes),
    ),
  );
};

const askWords = (ask: CompositionAsk): string => {
  switch (ask.kind) {
    case "start":
      return `open a session of ${ask.phase.protocol} for ${ask.phase.name}`;
    case "effect":
      return ask.effect.kind === "ValidateCapability"
        ? `check that ${effectWords(ask.effect)}`
        : `note “${ask.effect.event}”`;
    case "cancel":
      return `cancel ${ask.phase}`;
    case "undo":
      return `undo ${ask.phase.name} by a session of ${ask.phase.undo ?? ask.phase.protocol}`;
  }
};

/** One entry of its log, as a sentence. */
const eventWords = (event: CompositionEvent): string => {
  switch (event.kind) {
    case "started":
      return `${event.phase} began in session ${event.session}`;
    case "completed":
      return `${event.phase} completed`;
    case "failed":
      return `${event.phase} failed: ${event.cause}`;
    case "cancelled":
      return `${event.phase} was cancelled`;
    case "effect":
      return event.ok
        ? `step ${event.step + 1} was done`
        : `step ${event.step + 1} was refused: ${event.cause ?? "no reason"}`;
    case "timeout":
      return "the time for all of it was over";
    case "undoing":
      return `${event.phase} is being undone in session ${event.session}`;
    case "undone":
      return event.ok
        ? `${event.phase} was undone`
        : `${event.phase} was not undone: ${event.cause ?? "it failed"}`;
  }
};

/** What each child that stands still waits for; those that can go on are what a step would do. */
const standing = async (
  core: HostCore,
  run: CompositionRun,
): Promise<{ readonly next: string | null; readonly waits: CompositionView["waits"] }> => {
  const waits: CompositionView["waits"] = [];
  let next: string | null = null;
  for (const { session, phase } of childrenOf(run)) {
    const live = await liveSession(core, session);
    const active = live.ok && sessionStatus(live.cell.state.machine) === "active";
    if (!active) next ??= `take the end of ${phase}`;
    else if (canAdvance(core, live)) next ??= `run ${phase} on`;
    else {
      const view = await readView(core, session);
      waits.push({ session, phase, why: view.ok ? waitsFor(view.value.next) : view.error.kind });
    }
  }
  return { next, waits };
};

/** A composition as it stands. */
export const readComposition = async (core: HostCore, id: string): Promise<Result<CompositionView>> => {
  const { compositions, compositionLogs } = core.workspace.durable.services;
  const run = compositions.get(id);
  if (run === undefined) return refused({ code: "PAR7001", kind: "not-found", what: "composition", id });
  const log = compositionLogs.get(id) ?? [];
  const { outcome } = run;
  const [ask] = compositionAsks(run);
  const { next, waits } = await standing(core, run);
  return done({
    ...summaryOf(id, run),
    composition: asJson(run.composition),
    lanes: await lanesOf(core, run, log),
    deadline: outcome.kind === "running" ? (compositionDeadline(run) ?? null) : null,
    results: outcome.kind === "completed" ? { ...outcome.results } : null,
    failure:
      outcome.kind === "failed"
        ? {
            phase: outcome.phase,
            cause: outcome.cause,
            completed: [...outcome.completed],
            notUndone: [...notUndone(run)],
          }
        : null,
    next: ask === undefined ? next : askWords(ask),
    waits,
    log: log.map(({ at, event }) => ({ at, kind: event.kind, detail: eventWords(event) })),
  });
};
