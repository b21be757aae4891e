import type { MachineEvent } from "@parley/wire";
import type { RunRequest, Stop } from "@parley/wire/http";
import type { CodeImage } from "../../machine/code/image.ts";
import { inspectCoroutines } from "../../machine/inspect.ts";
import { holds } from "../../observe/evaluate.ts";
import { type HostError, refused } from "../host-error.ts";
import type { SessionState } from "../session/session-state.ts";
import { readPredicate } from "./predicates.ts";

/** What stopped a run, and where. */
export interface Stopped {
  readonly by: "until" | "breakpoint";
  readonly index: number | null;
  readonly at: number;
  readonly what: string;
}

type Until = NonNullable<RunRequest["until"]>;

/** One thing a run may stop at; asked after every entry. */
interface StopTest {
  readonly what: string;
  hit(state: SessionState, events: readonly MachineEvent[]): boolean;
}

const roleOf = (event: MachineEvent): string | undefined => {
  switch (event.kind) {
    case "sent":
    case "offered":
      return event.edge.from;
    case "received":
    case "chose":
      return event.edge.to;
    case "performed":
    case "decided":
    case "entered":
    case "left":
    case "halted":
    case "faulted":
    case "joined":
    case "forked":
      return event.role;
    default:
      return undefined;
  }
};

/** Whether an edge id is a statement's, or one of its legs: `2.Card.0#1` is of `2.Card.0`. */
const isOf = (edgeId: string, statement: string): boolean =>
  edgeId === statement || edgeId.startsWith(`${statement}#`);

/** Whether a role stands at a statement: its message is possible, or it is what the role does next. */
const standsAt = (state: SessionState, role: string, edgeId: string): boolean =>
  inspectCoroutines(state.machine).some(({ role: own, status, type }) => {
    if (own !== role || status.kind === "done" || status.kind === "faulted") return false;
    if (type.kind === "send" || type.kind === "recv")
      return type.branches.some((branch) => isOf(branch.edgeId, edgeId));
    return "edgeId" in type && isOf(type.edgeId, edgeId);
  });

/** True where something comes to hold: false before, or given up and taken up again in between. */
const rising = (
  before: boolean,
  test: (state: SessionState) => boolean,
  left: (events: readonly MachineEvent[]) => boolean = () => false,
): StopTest["hit"] => {
  let was = before;
  return (state, events) => {
    const is = test(state);
    const came = is && (!was || left(events));
    was = is;
    return came;
  };
};

type Made =
  | { readonly ok: true; readonly test: StopTest }
  | { readonly ok: false; readonly error: HostError };

const made = (what: string, hit: StopTest["hit"]): Made => ({ ok: true, test: { what, hit } });

const wrongRole = (state: SessionState, role: string): Made | undefined =>
  state.image.roles.includes(role)
    ? undefined
    : refused({ code: "PAR7004", kind: "wrong-seat", seat: role, endpoint: "", roles: state.image.roles });

/** The name of the message of a statement. */
const labelOf = ({ programs }: CodeImage, statement: string | undefined): string | undefined => {
  if (statement === undefined) return undefined;
  for (const { states } of programs)
    for (const state of states) {
      if (state.kind !== "send") continue;
      const branch = state.branches.find(({ edgeId }) => isOf(edgeId, statement));
      if (branch !== undefined) return branch.label;
    }
  return undefined;
};

const message = (image: CodeImage, edgeId: string | undefined, label: string | undefined): Made =>
  made(["a message", label ?? labelOf(image, edgeId) ?? ""].join(" ").trim(), (_state, events) =>
    events.some(
      (event) =>
        event.kind === "sent" &&
        (edgeId === undefined || isOf(event.edgeId, edgeId)) &&
        (label === undefined || event.label === label),
    ),
  );

const newTest = (state: SessionState, stop: Stop, edgeTriggered: boolean): Made => {
  switch (stop.kind) {
    case "message":
      return message(state.image, stop.edgeId, stop.label);
    case "role":
      return (
        wrongRole(state, stop.role) ??
        made(`what ${stop.role} does`, (_state, events) =>
          events.some((event) => roleOf(event) === stop.role),
        )
      );
    case "blocked":
      return (
        wrongRole(state, stop.role) ??
        made(`${stop.role} waits`, (_state, events) =>
          events.some((event) => event.kind === "blocked" && event.role === stop.role),
        )
      );
    case "state": {
      const { role, edgeId } = stop;
      const test = (now: SessionState): boolean => standsAt(now, role, edgeId);
      const moved = (events: readonly MachineEvent[]): boolean =>
        events.some((event) => roleOf(event) === role);
      return wrongRole(state, role) ?? made(`${role} comes to ${edgeId}`, rising(test(state), test, moved));
    }
    case "predicate": {
      const read = readPredicate(stop.text, state.image);
      if (!read.ok) return read;
      const test = ({ machine, counts }: SessionState): boolean => holds(read.predicate, { machine, counts });
      return made(stop.text, edgeTriggered ? rising(test(state), test) : (now) => test(now));
    }
  }
};

const untilTest = (state: SessionState, until: Until, edgeId: string | undefined): Made | undefined => {
  if (typeof until !== "string") return newTest(state, until, false);
  switch (until) {
    case "end":
      return undefined;
    case "message":
      return message(state.image, edgeId, undefined);
    case "decision":
      return made("a decision", (_state, events) =>
        events.some((event) => event.kind === "blocked" && event.reason.kind === "decision"),
      );
  }
};

/** Everything a run stops at. */
export interface Stops {
  /** Asked once after every entry, in order; the target comes before the breakpoints. */
  hit(state: SessionState, events: readonly MachineEvent[]): Stopped | undefined;
}

/**
 * What a run stops at, from the state it starts in. A target holds at the
 * first entry after which it is true; a breakpoint on a state or predicate only
 * where it becomes true, so that running on from one leaves it.
 */
export const newStops = (
  state: SessionState,
  request: RunRequest,
): { readonly ok: true; readonly stops: Stops } | { readonly ok: false; readonly error: HostError } => {
  const tests: (Pick<Stopped, "by" | "index"> & { readonly test: StopTest })[] = [];
  const target = untilTest(state, request.until ?? "end", request.edgeId);
  if (target !== undefined) {
    if (!target.ok) return target;
    tests.push({ by: "until", index: null, test: target.test });
  }
  for (const [index, breakpoint] of (request.breakpoints ?? []).entries()) {
    const one = newTest(state, breakpoint, true);
    if (!one.ok) return one;
    tests.push({ by: "breakpoint", index, test: one.test });
  }
  const hit: Stops["hit"] = (now, events) => {
    let first: Stopped | undefined;
    // Each is asked every time: those that look for a change must see every entry.
    for (const { by, index, test } of tests)
      if (test.hit(now, events)) first ??= { by, index, at: now.position, what: test.what };
    return first;
  };
  return { ok: true, stops: { hit } };
};
