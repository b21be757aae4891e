import type { BlockReason } from "@parley/wire";
import type { Coroutine, Machine, Session } from "../machine/state.ts";
import { edgeForm, faultForm } from "./event-form.ts";
import type { Json, JsonObject } from "./json.ts";

const reasonForm = (reason: BlockReason): Json => {
  switch (reason.kind) {
    case "empty": {
      const { sid, to } = reason.edge;
      return { Recv: { edge: edgeForm(reason.edge), token: { sid, endpoint: { sid, role: to } } } };
    }
    case "full":
    case "topology":
      return { Send: { edge: edgeForm(reason.edge) } };
    case "acquire":
      return { AcquireDenied: { layer: reason.layer } };
    case "invoke":
      return { Invoke: { handler: reason.handler } };
    // The reference never waits for these: its runs have no name for them.
    case "decision":
    case "payload":
    case "denied":
    case "join":
      return reason.kind;
  }
};

const statusForm = (coroutine: Coroutine): Json => {
  const { status } = coroutine;
  switch (status.kind) {
    case "ready":
      return "Ready";
    case "done":
      return "Done";
    case "faulted":
      return { Faulted: faultForm(status.fault) };
    case "blocked":
      return { Blocked: reasonForm(status.reason) };
  }
};

export const coroutineForms = (machine: Machine): readonly JsonObject[] =>
  [...machine.coroutines.values()].map((coroutine) => ({
    id: coroutine.id,
    role: machine.image.roles[coroutine.role] as string,
    session: coroutine.sid,
    pc: coroutine.pc,
    status: statusForm(coroutine),
  }));

/** The reference leaves a session active when its roles end or fault: only a crash, a close or a cancellation changes it. */
const sessionStatus = (machine: Machine, session: Session): Json => {
  const { status } = session;
  switch (status.kind) {
    case "active":
    case "completed":
      return "Active";
    case "closed":
      return "Closed";
    case "cancelled":
      return "Cancelled";
    case "faulted":
      return machine.crashed.size > 0 ? { Faulted: { reason: status.reason } } : "Active";
  }
};

export const sessionForms = (machine: Machine): readonly JsonObject[] =>
  [...machine.sessions.values()].map((session) => ({
    sid: session.sid,
    status: sessionStatus(machine, session),
    epoch: session.epoch,
  }));
