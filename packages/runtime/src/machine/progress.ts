/**
 * Progress contracts of operations (spec/machine-surfaces.md §11): an
 * operation begun under one has a window of session time to end in. Each
 * window that passes without its end is one step on: no progress (a stall),
 * degraded, timed out. What is found is told and kept in the state; what is
 * done about it is for whoever performs the operation.
 */
import type { ProgressContract } from "@parley/core";
import type { MachineEvent } from "@parley/wire";
import type { EventSink } from "./round.ts";
import type { Coroutine, Machine, OperationProgress, Session } from "./state.ts";

/** Milliseconds an operation may go without progress where its contract names no window, or one nobody has bound. */
export const DEFAULT_WINDOW = 30_000;

/** Codes of what a passed window says. */
export const progressCodes = {
  noProgress: "machine.progress.no_progress",
  degraded: "machine.progress.degraded",
  timedOut: "machine.progress.timed_out",
} as const;

const steps: { readonly [state in OperationProgress["state"]]: keyof typeof progressCodes | undefined } = {
  pending: "noProgress",
  noProgress: "degraded",
  degraded: "timedOut",
  timedOut: undefined,
};

/** The id of the timer that watches an operation. */
export const progressTimer = (operation: string): string => `progress:${operation}`;

const observed = (
  tick: number,
  operation: string,
  of: Omit<OperationProgress, "state">,
  more: { readonly state: string; readonly [field: string]: unknown },
): MachineEvent => {
  const { contract, role, coroutine, since, window, onStall, onTimeout } = of;
  const fields: { [field: string]: unknown } = { operation, contract, role, coroutine, since, window };
  if (onStall !== undefined) fields.onStall = onStall;
  if (onTimeout !== undefined) fields.onTimeout = onTimeout;
  return { kind: "observed", tick, name: "Progress", fields: { ...fields, ...more } };
};

const watch = (session: Session, operation: string, of: OperationProgress): number => {
  const id = progressTimer(operation);
  const passed = of.state === "pending" ? 1 : of.state === "noProgress" ? 2 : 3;
  const deadline = of.since + of.window * passed;
  const { coroutine } = of;
  session.timers.set(id, {
    id,
    coroutine,
    scope: operation,
    deadline,
    cancellable: false,
    state: "running",
  });
  return deadline;
};

/** What one who begins an operation is held to from now on; `at` is session time, ms. */
export const beginProgress = (
  machine: Machine,
  session: Session,
  begun: { readonly operation: string; readonly role: string; readonly coroutine: Coroutine },
  contract: ProgressContract,
  at: number,
  events: EventSink,
): void => {
  const { operation, role, coroutine } = begun;
  const bound = contract.window === undefined ? undefined : machine.image.bindings[contract.window];
  const progress: OperationProgress = {
    contract: contract.name,
    role,
    coroutine: coroutine.id,
    state: "pending",
    since: at,
    window: bound ?? DEFAULT_WINDOW,
    ...(contract.onStall === undefined ? {} : { onStall: contract.onStall }),
    ...(contract.onTimeout === undefined ? {} : { onTimeout: contract.onTimeout }),
  };
  session.progress.set(operation, progress);
  const deadline = watch(session, operation, progress);
  machine.parts.sessions.touch(session);
  const timer = progressTimer(operation);
  events.push(observed(machine.tick, operation, progress, { state: "pending", timer, deadline }));
};

/** The operation has ended, one way or another: nobody watches it any more. */
export const endProgress = (
  machine: Machine,
  session: Session,
  operation: string,
  outcome: string,
  events: EventSink,
): void => {
  const progress = session.progress.get(operation);
  if (progress === undefined) return;
  session.progress.delete(operation);
  session.timers.delete(progressTimer(operation));
  machine.parts.sessions.touch(session);
  const timer = progressTimer(operation);
  events.push(observed(machine.tick, operation, progress, { state: "ended", outcome, timer }));
};

/** A window has passed: one step on, told with its code, and watched again until it has timed out. */
export const passWindow = (
  machine: Machine,
  session: Session,
  operation: string,
): readonly MachineEvent[] => {
  const progress = session.progress.get(operation);
  const next = progress && steps[progress.state];
  if (progress === undefined || next === undefined) return [];
  const moved: OperationProgress = { ...progress, state: next };
  session.progress.set(operation, moved);
  const timer = progressTimer(operation);
  session.timers.delete(timer);
  const deadline = next === "timedOut" ? undefined : watch(session, operation, moved);
  machine.parts.sessions.touch(session);
  return [
    observed(machine.tick, operation, moved, {
      state: next,
      code: progressCodes[next],
      timer,
      ...(deadline === undefined ? {} : { deadline }),
    }),
  ];
};

/** The watches of one that has ended; what it began stays as it stands. */
export const dropWatches = (session: Session, coroutine: Coroutine): boolean => {
  let dropped = false;
  for (const [operation, progress] of session.progress)
    if (progress.coroutine === coroutine.id && session.timers.delete(progressTimer(operation)))
      dropped = true;
  return dropped;
};

/** An operation under way that is held to a contract, as views show it. */
export interface ProgressView extends OperationProgress {
  readonly sid: number;
  readonly operation: string;
  /** What its state means, when it is late. */
  readonly code: string | undefined;
}

/** Every operation under way that is held to a progress contract, by session and name. */
export const inspectProgress = (machine: Machine): readonly ProgressView[] =>
  [...machine.sessions.values()].flatMap(({ sid, progress }) =>
    [...progress]
      .map(([operation, of]) => ({
        ...of,
        sid,
        operation,
        code: of.state === "pending" ? undefined : progressCodes[of.state],
      }))
      .sort((a, b) => (a.operation < b.operation ? -1 : 1)),
  );
