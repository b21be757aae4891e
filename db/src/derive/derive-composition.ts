import {
  type CompositionRun,
  compositionDeadline,
  type PhaseState,
  phasesOf,
  startComposition,
  stepComposition,
} from "@parley/runtime/derived";
import type { Composition, CompositionEvent, ServicesInput, StoredEntry } from "@parley/wire";
import type { DerivedChange } from "./derived-change.ts";
import type { DerivedLook } from "./derived-look.ts";

type Started = Extract<ServicesInput, { readonly kind: "composition.started" }>;
type Stepped = Extract<ServicesInput, { readonly kind: "composition.stepped" }>;

/** A run as its row keeps it. */
interface KeptRun {
  readonly composition: Composition;
  readonly startedAt: number;
  readonly phases: readonly (readonly [phase: string, state: PhaseState])[];
  readonly effects: readonly (readonly [step: number, ok: boolean])[];
  readonly outcome: CompositionRun["outcome"];
}

const keep = ({ phases, effects, ...rest }: CompositionRun): string =>
  JSON.stringify({ ...rest, phases: [...phases], effects: [...effects] } satisfies KeptRun);

const runOf = (text: string): CompositionRun => {
  const { phases, effects, ...rest } = JSON.parse(text) as KeptRun;
  return { ...rest, phases: new Map(phases), effects: new Map(effects) };
};

/** What a phase ended with decides nothing of the run, and may be large. */
const withoutResult = (event: CompositionEvent): CompositionEvent =>
  event.kind === "completed" ? { ...event, result: {} } : event;

/** What the row of a composition says of its run. */
const standing = (run: CompositionRun) => {
  const { outcome } = run;
  const failed = outcome.kind === "failed" ? outcome : undefined;
  return {
    status: outcome.kind,
    failed: failed?.phase ?? null,
    cause: failed?.cause ?? null,
    deadline: compositionDeadline(run) ?? null,
    run: keep(run),
  };
};

/** The rows of the phases that are not as they were. */
const phaseRows = (
  id: string,
  run: CompositionRun,
  before: CompositionRun | undefined,
  commit: number,
): readonly DerivedChange[] =>
  phasesOf(run.composition).flatMap(({ name: phase, protocol }, place): readonly DerivedChange[] => {
    const state = run.phases.get(phase);
    if (state === undefined || state === before?.phases.get(phase)) return [];
    const row = {
      composition: id,
      phase,
      place,
      protocol,
      state: state.kind,
      session: "session" in state ? state.session : null,
      undo: "undo" in state ? state.undo : null,
      cause: "cause" in state ? state.cause : null,
      commit,
    };
    return [{ op: "put", table: "composition_phases", row }];
  });

/** A composition that begins: every phase waits. */
export const deriveStarted = (
  { entry, commit }: StoredEntry,
  { id, composition }: Started,
): readonly DerivedChange[] => {
  const { at } = entry;
  const { name, kind } = composition;
  const run = startComposition(composition, at);
  const row = { id, name, kind, ...standing(run), steps: 0, started: at, updated: at, commit };
  return [{ op: "put", table: "compositions", row }, ...phaseRows(id, run, undefined, commit)];
};

/** One step of a composition: what happened, and how it and its phases stand after it. */
export const deriveStepped = (
  { entry, commit }: StoredEntry,
  { id, event }: Stepped,
  look: DerivedLook,
): readonly DerivedChange[] => {
  const { at } = entry;
  const [found] = look("compositions", { id });
  if (found?.run === undefined) return [];
  const before = runOf(found.run);
  const run = stepComposition(before, withoutResult(event));
  const phase = "phase" in event ? event.phase : null;
  const session = "session" in event ? event.session : null;
  const set = { ...standing(run), steps: found.steps + 1, updated: at, commit };
  return [
    { op: "patch", table: "compositions", key: { id }, set },
    {
      op: "put",
      table: "composition_steps",
      row: { commit, composition: id, event: event.kind, phase, session, at },
    },
    ...phaseRows(id, run, before, commit),
  ];
};
