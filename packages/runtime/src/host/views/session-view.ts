import type { SessionSummary, SessionView } from "@parley/wire/http";
import { inspectProgress } from "../../machine/progress.ts";
import type { Machine } from "../../machine/state.ts";
import { PAIR_SEPARATOR } from "../../machine/topology.ts";
import { noWaves } from "../../waves/wave-round.ts";
import type { RunRecord } from "../commands/run-record.ts";
import { delayedSteps } from "../session/script-answer.ts";
import { budgetStop } from "../session/session-budget.ts";
import { runsOn } from "../session/session-runtime.ts";
import type { SessionState } from "../session/session-state.ts";
import { sessionStatus } from "../session/session-status.ts";
import { nextActions } from "./next-actions.ts";
import { edgeViews, roleViews } from "./role-views.ts";

/** What a view needs beside the folded state. */
export interface ViewContext {
  readonly summary: SessionSummary;
  readonly source: string;
  readonly imports: SessionView["imports"];
  readonly run: RunRecord | undefined;
  /** Roles that a guard denied and that may try again, since what it read has changed. */
  readonly retries: readonly string[];
}

/** A view without what is read from other entries: its last entry in words, its branches. */
export type StateView = Omit<SessionView, "summary" | "branches">;

const scriptView = ({ pin, cursor, at }: SessionState): NonNullable<StateView["script"]> | null => {
  if (pin.script === undefined) return null;
  return {
    name: pin.script.name,
    due: delayedSteps(pin.script, cursor).find((step) => step.due > at)?.due ?? null,
  };
};

const executionView = ({ pin, waves }: SessionState): NonNullable<StateView["execution"]> | null => {
  const { execution } = pin;
  if (execution === undefined) return null;
  return {
    scheduler: execution.scheduler ?? null,
    waves: execution.waves === undefined ? null : { ...execution.waves, ...(waves ?? noWaves) },
    profile: execution.profile ?? null,
    parity: execution.parity ?? null,
  };
};

const brokenView = ({ machine }: SessionState): Pick<StateView, "broken"> => {
  const { crashed, partitions, corruptions } = machine;
  if (crashed.size + partitions.size + corruptions.size === 0) return {};
  const ends = (key: string) => {
    const [from = "", to = ""] = key.split(PAIR_SEPARATOR);
    return { from, to };
  };
  return {
    broken: {
      crashed: [...crashed].sort(),
      cut: [...partitions].sort().map(ends),
      garbled: [...corruptions].map(([key, corruption]) => ({ ...ends(key), corruption })),
    },
  };
};

const operationsView = (machine: Machine): Pick<StateView, "operations"> => {
  const watched = inspectProgress(machine);
  if (watched.length === 0) return {};
  return {
    operations: watched.map(({ sid: _sid, coroutine: _coroutine, code, onStall, onTimeout, ...of }) => ({
      ...of,
      code: code ?? null,
      onStall: onStall ?? null,
      onTimeout: onTimeout ?? null,
    })),
  };
};

const tracksView = ({ operations }: SessionState): Pick<StateView, "operationTracks"> =>
  operations.length === 0
    ? {}
    : {
        operationTracks: operations.map(({ operation, role, contract, begun, count, moves }) => ({
          operation,
          role,
          contract: contract ?? null,
          begun,
          count,
          moves: moves.map(({ position, at, state, edgeId }) => ({ seq: position, at, state, edgeId })),
        })),
      };

const stoppedView = (state: SessionState): Pick<StateView, "stopped"> => {
  const stop = budgetStop(state);
  return stop === undefined ? {} : { stopped: stop };
};

/** Where nobody can run, whoever was denied may still try again. */
const withRetries = (next: StateView["next"], [seat]: readonly string[]): StateView["next"] =>
  seat === undefined || next.some(({ kind }) => kind === "advance")
    ? next
    : [
        ...next,
        { kind: "advance", seat, what: "try again: what the guard had read has changed", edgeId: null },
      ];

/** The state of a session at a position, as the studio shows it. Reads the state, never changes it. */
export const sessionView = (state: SessionState, context: ViewContext): StateView => {
  const { pin, machine } = state;
  const { run } = context;
  const status = sessionStatus(machine);
  const next =
    status === "active" || status === "faulted"
      ? withRetries(nextActions(machine, state.inbox), context.retries)
      : [];
  return {
    ...context.summary,
    status,
    at: state.position,
    clock: state.pin.clock,
    clockAt: state.at,
    tick: machine.tick,
    readOnly: null,
    semantics: pin.semantics,
    image: pin.image,
    source: context.source,
    imports: context.imports,
    families: pin.families,
    names: pin.names,
    policy: pin.policy,
    decisions: pin.decisions,
    script: scriptView(state),
    execution: executionView(state),
    runsOn: runsOn(pin),
    drive: pin.drive,
    roles: roleViews(state),
    edges: edgeViews(state),
    ...brokenView(state),
    ...operationsView(machine),
    ...tracksView(state),
    ...stoppedView(state),
    next,
    waiting: !next.some(({ kind }) => kind === "advance"),
    protocolHash: state.protocolHash,
    stateHash: state.stateHash,
    run:
      run === undefined
        ? null
        : {
            id: run.id,
            done: run.done,
            state: run.state,
            ...(run.stopped === undefined ? {} : { stopped: run.stopped }),
          },
  };
};
