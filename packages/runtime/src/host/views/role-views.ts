import type { SessionView } from "@parley/wire/http";
import {
  type CoroutineView,
  inspectCoroutines,
  inspectEdges,
  type ScopeView,
} from "../../machine/inspect.ts";
import { valueToJson } from "../commands/values.ts";
import type { SessionState } from "../session/session-state.ts";
import { typeText } from "./type-text.ts";
import { waitView } from "./wait-view.ts";

type RoleView = SessionView["roles"][number];
type EndpointView = RoleView["endpoints"][number];

const endpointView = (state: SessionState, view: CoroutineView): EndpointView => {
  const { machine, image } = state;
  const { status, type } = view;
  const branches = type.kind === "send" || type.kind === "recv" ? type.branches : [];
  const program = image.programs[image.roles.indexOf(view.role)];
  const at = machine.coroutines.get(view.coroutine)?.endpoint?.type;
  const lone = branches.length === 1 ? (branches[0]?.edgeId ?? null) : null;
  const waits = status.kind === "blocked" && !view.woken;
  return {
    coroutine: view.coroutine,
    endpoint: view.endpoint,
    status: waits ? "blocked" : status.kind === "blocked" ? "ready" : status.kind,
    wait: waits
      ? waitView(status.reason, "edgeId" in type ? type.edgeId : lone, type)
      : view.held && status.kind !== "done" && status.kind !== "faulted"
        ? { kind: "paused", text: `${view.role} is paused`, on: view.role, edgeId: lone }
        : null,
    fault: status.kind === "faulted" ? { code: status.fault.code, message: status.fault.message } : null,
    pc: view.pc,
    step: view.step,
    registers: view.registers.map(valueToJson),
    type: program === undefined || at === undefined || at < 0 ? "closed" : typeText(program, at),
    possible: branches.map(({ peer, label, edgeId }) => ({
      kind: type.kind === "send" ? "send" : "receive",
      peer,
      label,
      edgeId,
    })),
    ...statementView(type),
    ...(view.scopes.length === 0 ? {} : { scopes: view.scopes.map(scopeView) }),
    ...(view.known.length === 0 ? {} : { known: view.known.map(({ role, fact }) => ({ role, fact })) }),
    ...(view.credits === null ? {} : { credits: view.credits }),
    ...(view.tokens === 0 ? {} : { tokens: view.tokens }),
    ...(view.names.length === 0
      ? {}
      : { names: view.names.map(([name, value]) => ({ name, value: valueToJson(value) })) }),
  };
};

/** The statement an endpoint is at where that is no message. */
const statementView = (type: CoroutineView["type"]): Pick<EndpointView, "statement"> => {
  switch (type.kind) {
    case "perform":
      return { statement: { edgeId: type.edgeId, text: type.text } };
    case "decide":
      return { statement: { edgeId: type.edgeId, text: `case ${type.outcomes.join(", ")}` } };
    case "scope":
      return { statement: { edgeId: type.edgeId, text: "enters a timeout" } };
    case "leave":
      return { statement: { edgeId: type.edgeId, text: "leaves a timeout" } };
    default:
      return {};
  }
};

const scopeView = ({ scope, lap, owner, timer }: ScopeView) => ({
  scope,
  lap,
  owner,
  timer: timer?.id ?? null,
  deadline: timer?.deadline ?? null,
  state: timer?.state ?? null,
});

const familyOf = (role: string): string | null => /^(.*)\[\d+\]$/.exec(role)?.[1] ?? null;

/** Every role with its endpoints, parallel arms after the role itself. */
export const roleViews = (state: SessionState): RoleView[] => {
  const byRole = new Map<string, EndpointView[]>(state.image.roles.map((role) => [role, []]));
  for (const view of inspectCoroutines(state.machine)) byRole.get(view.role)?.push(endpointView(state, view));
  return [...byRole].map(([role, endpoints]) => ({
    role,
    family: familyOf(role),
    seat: state.pin.seats.find((seat) => seat.role === role) ?? null,
    paused: state.machine.paused.has(role),
    endpoints,
  }));
};

/** Edge ids by sender, receiver and label, so that a frame on its way can be shown at its statement. */
const frameEdges = (state: SessionState): ReadonlyMap<string, { edgeId: string; control: string | null }> => {
  const edges = new Map<string, { edgeId: string; control: string | null }>();
  state.image.programs.forEach((program, index) => {
    for (const type of program.states) {
      if (type.kind !== "send") continue;
      for (const { peer, label, edgeId, control } of type.branches) {
        const key = JSON.stringify([state.image.roles[index], peer, label]);
        if (!edges.has(key)) edges.set(key, { edgeId, control: control ?? null });
      }
    }
  });
  return edges;
};

/** Every edge with the frames on their way. */
export const edgeViews = (state: SessionState): SessionView["edges"] => {
  const known = frameEdges(state);
  return inspectEdges(state.machine).map(({ from, to, capacity, sent, received, frames }) => ({
    from,
    to,
    capacity,
    sent,
    received,
    queue: frames.map(({ seq, label, payload }) => {
      const edge = known.get(JSON.stringify([from, to, label]));
      const { edgeId, control } = edge ?? { edgeId: "", control: null };
      return { seq, label, payload: valueToJson(payload), edgeId, control };
    }),
  }));
};
