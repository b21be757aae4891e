import type { Entry } from "./entry.ts";
import type { MachineEvent } from "./event.ts";

/** How a session stands as far as its events say; `faulted` means that a role did, while others may still run. */
export type RecordedStatus = "open" | "completed" | "faulted" | "cancelled" | "closed";

/** What lists show of a session, read off its entries without folding them. */
export interface SessionRow {
  readonly stream: string;
  readonly title: string;
  readonly status: RecordedStatus;
  /** Seq of its last entry in its own stream. */
  readonly seq: number;
  /** Session time of its last entry, ms. */
  readonly at: number;
}

/** A session on a real clock with a timer that runs. */
export interface SessionDeadline {
  readonly stream: string;
  /** When its first timer runs out, session time in ms. */
  readonly deadline: number;
}

/** A hosted session has its own machine, whose first session it is (model §2.1). */
const HOSTED_SID = 0;

/** The status the events of one entry leave a session in; undefined when they say nothing of it. */
export const statusAfter = (events: readonly MachineEvent[]): RecordedStatus | undefined => {
  let status: RecordedStatus | undefined;
  for (const event of events) {
    if (event.kind === "faulted") status = "faulted";
    else if (event.kind === "completed" || event.kind === "cancelled" || event.kind === "closed")
      status = event.sid === HOSTED_SID ? event.kind : status;
  }
  return status;
};

/** What an entry does to the running timers of its session. */
export type TimerChange =
  /** `scopes` names the instances the timer stands in, its own last, each between slashes. */
  | {
      readonly kind: "armed";
      readonly timer: string;
      readonly coroutine: number;
      readonly role: string;
      readonly scopes: string;
      readonly deadline: number;
    }
  | { readonly kind: "stopped"; readonly timer: string }
  | { readonly kind: "ended"; readonly coroutine: number }
  /** The role left an instance; what it armed within goes too. */
  | { readonly kind: "left"; readonly role: string; readonly scope: string }
  | { readonly kind: "over" };

/** An operation held to a progress contract: watched until it has ended or timed out. */
const watchOf = (fields: { readonly [key: string]: unknown }): TimerChange => {
  const { timer, coroutine, role, deadline } = fields;
  if (typeof deadline !== "number") return { kind: "stopped", timer: String(timer) };
  return {
    kind: "armed",
    timer: String(timer),
    coroutine: Number(coroutine),
    role: String(role),
    scopes: "",
    deadline,
  };
};

const changeOf = (event: MachineEvent): TimerChange | undefined => {
  switch (event.kind) {
    case "entered": {
      const { timer, coroutine, role, deadline } = event;
      if (deadline === undefined) return undefined;
      return { kind: "armed", timer, coroutine, role, scopes: `/${timer.split("@")[0]}/`, deadline };
    }
    case "observed":
      return event.name === "Progress" ? watchOf(event.fields) : undefined;
    case "left":
      return { kind: "left", role: event.role, scope: `/${event.scope}#${event.lap}/` };
    case "expired":
      return { kind: "stopped", timer: event.timer };
    case "halted":
    case "faulted":
      return { kind: "ended", coroutine: event.coroutine };
    case "completed":
    case "cancelled":
    case "closed":
      return event.sid === HOSTED_SID ? { kind: "over" } : undefined;
    default:
      return undefined;
  }
};

const none: readonly TimerChange[] = [];

/**
 * What an entry does to the running timers of its session, in order. Folded
 * over a log they leave exactly the timers that run in the session's machine,
 * so that the next deadline is known without folding it.
 */
export const timerChanges = ({ input, events }: Pick<Entry, "input" | "events">): readonly TimerChange[] => {
  let changes: TimerChange[] | undefined;
  if (input.kind === "cancel" && input.scope !== undefined)
    changes = [{ kind: "stopped", timer: input.scope }];
  for (const event of events) {
    const change = changeOf(event);
    if (change === undefined) continue;
    changes ??= [];
    changes.push(change);
  }
  return changes ?? none;
};
