import type { SessionSummary, SessionView } from "@parley/wire/http";
import type { RunRecord } from "../commands/run-record.ts";
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
}

/** A view without what is read from other entries: its last entry in words, its branches. */
export type StateView = Omit<SessionView, "summary" | "branches">;

/** The state of a session at a position, as the studio shows it. Reads the state, never changes it. */
export const sessionView = (state: SessionState, context: ViewContext): StateView => {
  const { pin, machine } = state;
  const { run } = context;
  const status = sessionStatus(machine);
  const next = status === "active" || status === "faulted" ? nextActions(machine, state.inbox) : [];
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
    drive: pin.drive,
    roles: roleViews(state),
    edges: edgeViews(state),
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
