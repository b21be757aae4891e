import { type PayloadSort, showDeed } from "@parley/core";
import type { NextAction } from "@parley/wire/http";
import { matchesType, needsPayload, type ValueType } from "../../machine/code/value-type.ts";
import { type CoroutineView, enabled, inspectCoroutine } from "../../machine/inspect.ts";
import type { DecisionOption, DecisionRequest, PayloadRequest } from "../../machine/request.ts";
import type { Machine } from "../../machine/state.ts";
import { runningTimers } from "../../machine/timers.ts";
import { type Inbox, refKey } from "../session/given.ts";

/** The sort a value of a type is asked for as. */
export const sortOf = (type: ValueType): PayloadSort => {
  switch (type.kind) {
    case "none":
    case "unit":
      return "Unit";
    case "nat":
      return "Nat";
    case "bool":
      return "Bool";
    case "str":
      return "String";
    default:
      return "Opaque";
  }
};

/** In words, what a request that sends nothing is about: the statement it stands in. */
const aboutOf = (machine: Machine, role: string, edgeId: string): { readonly about?: string } => {
  const program = machine.linked.programs[machine.linked.roleIndex.get(role) ?? -1];
  for (const state of program?.states ?? []) {
    if (state.kind === "perform" && state.edgeId === edgeId) return { about: showDeed(state.deed) };
    if (state.kind === "decide" && state.scope === edgeId)
      return { about: `case ${state.subject ?? ""}`.trim() };
  }
  return {};
};

const decision = (machine: Machine, request: DecisionRequest): NextAction => ({
  kind: "decide",
  seat: request.role,
  endpoint: request.endpoint,
  step: request.step,
  options: request.options.map((option) => ({
    label: option.label,
    arm: option.arm ?? null,
    peer: option.peer,
    edgeId: option.edgeId,
    payloadType: option.payloadText,
    payloadSort: sortOf(option.payload),
    guard: option.guard ?? null,
  })),
  ...(request.quiet === undefined ? {} : aboutOf(machine, request.role, request.quiet)),
});

const payload = (machine: Machine, request: PayloadRequest): NextAction => ({
  kind: "payload",
  seat: request.role,
  endpoint: request.endpoint,
  step: request.step,
  label: request.label,
  peer: peerOf(machine, request),
  edgeId: request.edgeId,
  payloadType: request.typeText,
  payloadSort: sortOf(request.type),
  ...aboutOf(machine, request.role, request.edgeId),
});

const leavingText = {
  timeout: "leaves a timeout that ran out",
  cancel: "leaves a timeout that was cancelled",
  told: "leaves a timeout, as it was told",
} as const;

/** In words, what a coroutine does when it runs next. */
const advanceText = (view: CoroutineView): { readonly what: string; readonly edgeId: string | null } => {
  if (view.leaving !== undefined) return { what: leavingText[view.leaving], edgeId: null };
  switch (view.type.kind) {
    case "par":
      return { what: "enters its parallel arms", edgeId: null };
    case "perform":
      return { what: `does ${view.type.text}`, edgeId: view.type.edgeId };
    case "decide":
      return { what: "reaches a decision", edgeId: view.type.edgeId };
    case "scope":
      return { what: "enters a timeout", edgeId: view.type.edgeId };
    case "leave":
      return { what: "leaves a timeout", edgeId: view.type.edgeId };
  }
  if (view.type.kind !== "send" && view.type.kind !== "recv") return { what: "finishes", edgeId: null };
  const [only, other] = view.type.branches;
  if (only === undefined) return { what: "takes a round", edgeId: null };
  const verb = view.type.kind === "send" ? "sends" : "looks for";
  const toward = view.type.kind === "send" ? `to ${only.peer}` : `from ${only.peer}`;
  return other === undefined
    ? { what: `${verb} ${only.label} ${toward}`, edgeId: only.edgeId }
    : {
        what: view.type.kind === "send" ? "reaches a decision" : `looks for a choice of ${only.peer}`,
        edgeId: null,
      };
};

const peerOf = (machine: Machine, request: PayloadRequest): string => {
  const program = machine.linked.programs[machine.linked.roleIndex.get(request.role) ?? -1];
  const branch = program?.states
    .flatMap((state) => (state.kind === "send" ? state.branches : []))
    .find(({ edgeId, label }) => edgeId === request.edgeId && label === request.label);
  return branch?.peer ?? "";
};

/** The payload an option asks for. */
const payloadOfOption = ({ role, endpoint, step }: DecisionRequest, option: DecisionOption): NextAction => ({
  kind: "payload",
  seat: role,
  endpoint,
  step,
  label: option.label,
  peer: option.peer,
  edgeId: option.edgeId,
  payloadType: option.payloadText,
  payloadSort: sortOf(option.payload),
});

/**
 * What is still to be asked for a request, given what the seats have handed in
 * ahead. Something handed in that does not fit is passed over, as the round
 * that would use it does.
 */
const asked = (machine: Machine, inbox: Inbox, request: DecisionRequest | PayloadRequest): NextAction[] => {
  const key = refKey({ seat: request.role, endpoint: request.endpoint, step: request.step });
  const given = inbox.payloads.get(key)?.value;
  const fits = (type: ValueType): boolean => given !== undefined && matchesType(type, given);
  if (request.kind === "payload") return fits(request.type) ? [] : [payload(machine, request)];
  const decided = inbox.decisions.get(key)?.value;
  const taken = request.options.find(({ label, arm }) => label === decided || arm === decided);
  if (decided === undefined || taken === undefined) return [decision(machine, request)];
  return !needsPayload(taken.payload) || fits(taken.payload) ? [] : [payloadOfOption(request, taken)];
};

/** The timers that run, the first to run out first. */
const timerActions = (machine: Machine): NextAction[] =>
  runningTimers(machine).flatMap(({ id, coroutine, scope, deadline, cancellable }): NextAction[] => {
    const owner = inspectCoroutine(machine, coroutine);
    const lap = owner?.scopes.find((one) => one.timer?.id === id)?.lap ?? 0;
    return owner === undefined
      ? []
      : [
          {
            kind: "timer",
            id,
            seat: owner.role,
            endpoint: owner.endpoint,
            scope,
            lap,
            deadline,
            cancellable,
          },
        ];
  });

/**
 * What can be done now: decisions and payloads somebody may still give, the
 * timers that run, and one `advance` when the machine can take a round by itself.
 */
export const nextActions = (machine: Machine, inbox: Inbox): NextAction[] => {
  const possible = enabled(machine);
  const actions = possible.requests.flatMap((request): NextAction[] =>
    request.kind === "decision" || request.kind === "payload" ? asked(machine, inbox, request) : [],
  );
  const [first] = possible.ready;
  actions.push(...timerActions(machine));
  const runner = first === undefined ? undefined : inspectCoroutine(machine, first);
  if (runner !== undefined) actions.push({ kind: "advance", seat: runner.role, ...advanceText(runner) });
  return actions;
};
