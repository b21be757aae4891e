import {
  type ControlError,
  closeSession,
  inject,
  pauseRole,
  reapSession,
  resumeRole,
} from "../machine/controls.ts";
import { type OpenError, openSession } from "../machine/open.ts";
import type { Machine } from "../machine/state.ts";
import { outsideEvents } from "./event-form.ts";
import { type Json, type JsonObject, numberAt, textAt } from "./json.ts";
import { decodeValue } from "./value-form.ts";

/** The reference's error of a session that cannot be opened. */
export const openErrorForm = (error: OpenError): JsonObject => {
  switch (error.kind) {
    case "no-programs":
      return { kind: "InvalidCodeImage", message: "a code image needs at least one program" };
    case "too-many-sessions":
      return { kind: "TooManySessions", message: `more than ${error.max} sessions` };
    case "too-many-coroutines":
      return { kind: "TooManyCoroutines", message: `more than ${error.max} coroutines` };
  }
};

const controlErrorText = (error: ControlError): string => {
  switch (error.kind) {
    case "no-session":
      return `session ${error.sid} not found`;
    case "session-ended":
      return `session ${error.sid} is ${error.status}`;
    case "no-edge":
      return `session ${error.sid} has no edge ${error.from} → ${error.to}`;
    case "edge-full":
      return `edge ${error.from} → ${error.to} of session ${error.sid} is full`;
  }
};

/**
 * Cases name no label, frames have one: a bare Unit stands for the message
 * that `to` expects next from `from`; any other value belongs to no message.
 */
const expectedLabel = (machine: Machine, sid: number, from: string, to: string): string => {
  const session = machine.sessions.get(sid);
  const role = machine.linked.roleIndex.get(to) ?? -1;
  const states = machine.linked.programs[role]?.linked ?? [];
  const current = states[session?.endpoints[role]?.type ?? -1];
  for (const state of current === undefined ? states : [current, ...states]) {
    const branch = state.kind === "recv" ? state.branches.find((one) => one.peer === from) : undefined;
    if (branch !== undefined) return branch.label;
  }
  return "";
};

const injectAction = (machine: Machine, action: JsonObject, sid: number): Json => {
  const [from, to] = [textAt(action, "from"), textAt(action, "to")];
  const payload = decodeValue(action.value ?? "Unit");
  const result = inject(machine, {
    sid,
    from,
    to,
    label: textAt(action, "label", payload.kind === "unit" ? expectedLabel(machine, sid, from, to) : ""),
    payload,
    ...(typeof action.sequence === "number" ? { seq: action.sequence } : {}),
  });
  return result.ok ? "Ok" : { error: controlErrorText(result.error) };
};

const reapAction = (machine: Machine): Json => {
  const ended = [...machine.sessions.values()].filter(
    ({ status }) =>
      status.kind === "closed" ||
      status.kind === "cancelled" ||
      (status.kind === "faulted" && machine.crashed.size > 0),
  );
  return ended.filter((session) => reapSession(machine, session.sid)).length;
};

/** Does one host action of a case; what it shows goes to `trace`. */
export const hostAction = (machine: Machine, action: JsonObject, trace: JsonObject[]): Json => {
  const sid = numberAt(action, "session", 0);
  switch (textAt(action, "do")) {
    case "pause":
      pauseRole(machine, textAt(action, "role"));
      return "ok";
    case "resume":
      resumeRole(machine, textAt(action, "role"));
      return "ok";
    case "inject":
      return injectAction(machine, action, sid);
    case "open": {
      const opened = openSession(machine);
      if (!opened.ok) return { error: openErrorForm(opened.error) };
      trace.push(...outsideEvents(opened.events));
      return { session: opened.sid };
    }
    case "close": {
      const closed = closeSession(machine, sid);
      if (!closed.ok && closed.error.kind !== "session-ended")
        return { error: controlErrorText(closed.error) };
      reapSession(machine, sid);
      trace.push({ Closed: { tick: machine.tick, session: sid } });
      return "ClosedSessionSummary";
    }
    case "reap":
      return reapAction(machine);
    default:
      return { unknown: textAt(action, "do") };
  }
};
