import type { LinkedState } from "./link.ts";
import { operationKey } from "./operations.ts";
import { settledOutcome } from "./quiet-choice.ts";
import type { DecisionOption, DecisionRequest, Request } from "./request.ts";
import { roleName } from "./round.ts";
import type { Coroutine, Endpoint, Machine } from "./state.ts";

const nothing: readonly never[] = [];

const optionOf = (label: string, edgeId: string): DecisionOption => ({
  label,
  peer: "",
  payload: { kind: "unit" },
  payloadText: "",
  annotations: [],
  edgeId,
});

const decision = (
  machine: Machine,
  endpoint: Endpoint,
  quiet: string,
  options: readonly DecisionOption[],
): DecisionRequest => ({
  kind: "decision",
  role: roleName(machine, endpoint.role),
  endpoint: endpoint.path,
  step: endpoint.step,
  options,
  quiet,
});

/** What a deed or a quiet decision needs from outside: mostly nothing. */
export const ownRequests = (machine: Machine, coroutine: Coroutine): readonly Request[] => {
  const { endpoint } = coroutine;
  const state: LinkedState | undefined =
    endpoint && machine.linked.programs[endpoint.role]?.linked[endpoint.type];
  const own = state?.own;
  if (endpoint === undefined || own === undefined) return nothing;
  if (own.kind === "decide")
    return settledOutcome(coroutine, own) === undefined
      ? [
          decision(
            machine,
            endpoint,
            own.scope,
            own.outcomes.map(({ outcome }) => optionOf(outcome, `${own.scope}.${outcome}`)),
          ),
        ]
      : nothing;
  if (own.kind !== "perform") return nothing;
  const { deed, edgeId, type } = own;
  const role = roleName(machine, endpoint.role);
  if (deed.kind === "await") {
    const pending =
      machine.sessions.get(coroutine.sid)?.operations.get(operationKey(deed.operation, role)) === "pending";
    return pending ? [decision(machine, endpoint, edgeId, [optionOf("done", edgeId)])] : nothing;
  }
  if (deed.kind !== "ask" || type === undefined) return nothing;
  return [
    {
      kind: "payload",
      role,
      endpoint: endpoint.path,
      step: endpoint.step,
      label: deed.what,
      type,
      typeText: deed.result.text,
      edgeId,
    },
  ];
};
