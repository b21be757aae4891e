import type { CompositionEvent, PhaseResult, WorkspaceInput } from "@parley/wire";
import {
  type CompositionAsk,
  type CompositionRun,
  compositionAsks,
  compositionDeadline,
  phasesOf,
} from "../../services/index.ts";
import type { Caller } from "../caller.ts";
import { appendInputs, liveSession } from "../commands/inputs.ts";
import { openHostedSession } from "../commands/open-session.ts";
import { startRun } from "../commands/run-session.ts";
import { canAdvance } from "../commands/session-unit.ts";
import type { HostCore } from "../core.ts";
import { done, type Result } from "../host-error.ts";
import { hostErrorDetail } from "../host-error-detail.ts";
import { workspacePart } from "../ledger/append.ts";
import { sessionStatus } from "../session/session-status.ts";
import { openingOf } from "./composition-request.ts";
import { phaseResult } from "./phase-result.ts";
import { doEffect, noteInContext } from "./program-effects.ts";

/** Under which name the deadline of a composition is kept. */
export const deadlineName = (id: string): string => `composition:${id}`;

/** Notes when a composition is given up, as long as it runs. */
export const noteCompositionDeadline = (
  core: Pick<HostCore, "serviceDeadlines">,
  id: string,
  run: CompositionRun,
): void =>
  core.serviceDeadlines.set(
    deadlineName(id),
    run.outcome.kind === "running" ? compositionDeadline(run) : undefined,
  );

const runOf = (core: HostCore, id: string): CompositionRun | undefined =>
  core.workspace.tentative.services.compositions.get(id);

const stepped = (id: string, event: CompositionEvent): WorkspaceInput => ({
  kind: "composition.stepped",
  id,
  event,
});

/** Journals what happened to a composition. */
export const writeEvent = async (
  core: HostCore,
  caller: Caller,
  id: string,
  event: CompositionEvent,
): Promise<Result<null>> => {
  const by = { actor: caller.actor, key: caller.key, now: core.clock.now() };
  const part = workspacePart(core, [stepped(id, event)], by);
  const written = await core.writer.write({ parts: part === undefined ? [] : [part] });
  if (!written.ok) return written;
  const run = runOf(core, id);
  if (run !== undefined) noteCompositionDeadline(core, id, run);
  return done(null);
};

/** Opens a session of a composition; that it was opened is in the same commit. */
const openChild = async (
  core: HostCore,
  caller: Caller,
  child: {
    readonly id: string;
    readonly run: CompositionRun;
    readonly phase: Extract<CompositionAsk, { readonly kind: "start" | "undo" }>["phase"];
    readonly protocol: string;
  },
  opened: (session: string) => CompositionEvent,
  refusedAs: (cause: string) => CompositionEvent,
): Promise<Result<null>> => {
  const { id, run, phase, protocol } = child;
  const request = openingOf(core, run.composition, phase, protocol);
  const result = await openHostedSession(core, { actor: caller.actor }, request, (session) => [
    stepped(id, opened(session)),
  ]);
  if (result.ok) return done(null);
  // A store that fails says nothing of the phase.
  return result.error.kind.startsWith("store-") || result.error.kind === "lost-race"
    ? result
    : writeEvent(core, caller, id, refusedAs(hostErrorDetail(result.error)));
};

/** Ends a child that is still active. */
const stopChild = async (
  core: HostCore,
  caller: Caller,
  session: string,
  reason: string,
): Promise<Result<null>> => {
  const live = await liveSession(core, session);
  if (!live.ok || sessionStatus(live.cell.state.machine) !== "active") return done(null);
  const cancelled = await appendInputs(core, { actor: caller.actor }, session, {
    inputs: [{ kind: "cancel", reason }],
  });
  return cancelled.ok || cancelled.error.kind === "closed-session" ? done(null) : cancelled;
};

const doAsk = async (
  core: HostCore,
  caller: Caller,
  id: string,
  run: CompositionRun,
  ask: CompositionAsk,
): Promise<Result<null>> => {
  switch (ask.kind) {
    case "start": {
      const { phase } = ask;
      const child = { id, run, phase, protocol: phase.protocol };
      return openChild(
        core,
        caller,
        child,
        (session) => ({ kind: "started", phase: phase.name, session }),
        (cause) => ({ kind: "failed", phase: phase.name, cause }),
      );
    }
    case "undo": {
      const { phase } = ask;
      const child = { id, run, phase, protocol: phase.undo ?? phase.protocol };
      return openChild(
        core,
        caller,
        child,
        (session) => ({ kind: "undoing", phase: phase.name, session }),
        (cause) => ({ kind: "undone", phase: phase.name, ok: false, cause }),
      );
    }
    case "effect": {
      const { step, effect } = ask;
      const cause = await doEffect(core, caller, { id, run, step, effect });
      const event: CompositionEvent =
        cause === undefined ? { kind: "effect", step, ok: true } : { kind: "effect", step, ok: false, cause };
      return writeEvent(core, caller, id, event);
    }
    case "cancel": {
      const stopped = await stopChild(core, caller, ask.session, "another phase of the composition failed");
      return stopped.ok ? writeEvent(core, caller, id, { kind: "cancelled", phase: ask.phase }) : stopped;
    }
  }
};

/** A child under way: of a phase that runs, or of one that is being undone. */
interface Child {
  readonly phase: string;
  readonly session: string;
  readonly undoes: boolean;
}

export const childrenOf = (run: CompositionRun): readonly Child[] =>
  [...run.phases].flatMap(([phase, state]): Child[] => {
    if (state.kind === "running") return [{ phase, session: state.session, undoes: false }];
    return state.kind === "undoing" ? [{ phase, session: state.undo, undoes: true }] : [];
  });

/** How a child ended, as what happened to the composition; undefined while it goes on. */
const endOf = async (core: HostCore, child: Child): Promise<CompositionEvent | undefined> => {
  const live = await liveSession(core, child.session);
  const status = live.ok ? sessionStatus(live.cell.state.machine) : "faulted";
  if (status === "active") return undefined;
  const { phase } = child;
  const cause = live.ok
    ? `the session ${child.session} ${status === "faulted" ? "faulted" : `was ${status}`}`
    : "its session cannot be read";
  if (child.undoes)
    return status === "completed"
      ? { kind: "undone", phase, ok: true }
      : { kind: "undone", phase, ok: false, cause };
  return status === "completed"
    ? { kind: "completed", phase, result: await phaseResult(core, child.session) }
    : { kind: "failed", phase, cause };
};

/** What the session of a phase is told of the results it takes: a note in its context, once. */
const giveResults = async (core: HostCore, caller: Caller, id: string, run: CompositionRun, child: Child) => {
  const uses = phasesOf(run.composition).find(({ name }) => name === child.phase)?.uses ?? [];
  for (const name of child.undoes ? [child.phase] : uses) {
    const state = run.phases.get(name);
    if (state === undefined || !("result" in state)) continue;
    const text = `takes ${name}: ${JSON.stringify(state.result satisfies PhaseResult)}`.slice(0, 16_000);
    await noteInContext(core, caller, child.session, {
      id: `${id}:${child.phase}:${name}:${child.undoes}`,
      at: run.startedAt,
      text,
    });
  }
};

/** Runs a child on as far as it goes by itself; whether it did anything. */
const runChild = async (core: HostCore, caller: Caller, session: string): Promise<Result<boolean>> => {
  const live = await liveSession(core, session);
  if (!live.ok || !canAdvance(core, live)) return done(false);
  const started = await startRun(core, { actor: caller.actor }, session, {});
  if (started.ok || started.error.kind === "run-active") {
    await core.runs.get(session)?.ended;
    return done(true);
  }
  return started.error.kind === "nothing-runnable" ? done(false) : started;
};

/** The first thing that can be done about the children: one that has ended is journaled, one that can go on does. */
const moveChildren = async (
  core: HostCore,
  caller: Caller,
  id: string,
  run: CompositionRun,
): Promise<Result<boolean>> => {
  const children = childrenOf(run);
  for (const child of children) {
    const end = await endOf(core, child);
    if (end === undefined) continue;
    const written = await writeEvent(core, caller, id, end);
    return written.ok ? done(true) : written;
  }
  for (const child of children) {
    await giveResults(core, caller, id, run, child);
    const ran = await runChild(core, caller, child.session);
    if (!ran.ok) return ran;
    if (!ran.value) continue;
    const end = await endOf(core, child);
    if (end === undefined) return done(true);
    const written = await writeEvent(core, caller, id, end);
    return written.ok ? done(true) : written;
  }
  return done(false);
};

/**
 * Does the next thing of a composition: gives up what is out of time, does
 * what the run asks for, or lets a child go on. Answers whether it did
 * anything; where it did not, somebody must act in a session, or it has ended.
 */
export const driveOnce = async (core: HostCore, caller: Caller, id: string): Promise<Result<boolean>> => {
  const run = runOf(core, id);
  if (run === undefined) return done(false);
  const deadline = compositionDeadline(run);
  if (run.outcome.kind === "running" && deadline !== undefined && core.clock.now() >= deadline) {
    const written = await writeEvent(core, caller, id, { kind: "timeout" });
    return written.ok ? done(true) : written;
  }
  const [ask] = compositionAsks(run);
  if (ask === undefined) return moveChildren(core, caller, id, run);
  const asked = await doAsk(core, caller, id, run, ask);
  return asked.ok ? done(true) : asked;
};

/** Gives a composition up: the phase that runs fails with this cause, the rest follows from that. */
export const giveUp = async (
  core: HostCore,
  caller: Caller,
  id: string,
  cause: string,
): Promise<Result<null>> => {
  const run = runOf(core, id);
  if (run === undefined) return done(null);
  const open = phasesOf(run.composition).filter(({ name }) =>
    ["running", "waiting"].includes(run.phases.get(name)?.kind ?? ""),
  );
  const first = open.find(({ name }) => run.phases.get(name)?.kind === "running") ?? open[0];
  const state = first && run.phases.get(first.name);
  if (first === undefined || state === undefined) return done(null);
  if (state.kind === "running") {
    const stopped = await stopChild(core, caller, state.session, cause);
    if (!stopped.ok) return stopped;
  }
  return writeEvent(core, caller, id, { kind: "failed", phase: first.name, cause });
};
