import type { SessionInput, StepRef, Value } from "@parley/wire";
import type { Branch, TypeState } from "../../machine/code/program.ts";
import { matchesType, needsPayload, type ValueType, wireSize } from "../../machine/code/value-type.ts";
import { type Intervention, type InterventionError, interventionError } from "../../machine/intervene.ts";
import { plan } from "../../machine/plan.ts";
import { runningTimers } from "../../machine/timers.ts";
import type { HostError } from "../host-error.ts";
import type { Denied } from "./denials.ts";
import { edgeBetween, endpointAt } from "./endpoints.ts";
import type { SessionState } from "./session-state.ts";
import { sessionStatus } from "./session-status.ts";

/** Bytes a payload may have (model §7). */
export const MAX_PAYLOAD_BYTES = 65_536;

/** Entries a session may have (model §7). */
export const MAX_ENTRIES = 10_000_000;

/** Inputs that change the structure of a session and so name the head they were made for (model §2.8). */
export const STRUCTURAL: ReadonlySet<SessionInput["kind"]> = new Set([
  "delegate",
  "upgrade",
  "close",
  "inject",
  "topology",
]);

const FORK_FORBIDDEN: ReadonlySet<SessionInput["kind"]> = new Set(["delegate", "upgrade"]);
const UNSUPPORTED: ReadonlySet<SessionInput["kind"]> = new Set(["open", "fork", "upgrade"]);

/** Inputs the machine takes only while its session is active. */
const NEEDS_ACTIVE: ReadonlySet<SessionInput["kind"]> = new Set(["inject", "cancel", "close", "delegate"]);

const PAR_PATH = /^\d+(\.\d+)*$/;

/** The labels an input may choose among at a state; none where nothing is decided. */
const labelsAt = (state: TypeState): readonly (readonly [label: string, arm: string])[] => {
  switch (state.kind) {
    case "send":
      // A single branch is no decision.
      return state.branches.length > 1 ? branchLabels(state.branches) : [];
    case "decide":
      return state.outcomes.map(({ outcome }) => [outcome, outcome] as const);
    case "perform":
      return state.deed.kind === "await" ? [["done", "done"]] : [];
    default:
      return [];
  }
};

const branchLabels = (branches: readonly Branch[]) =>
  branches.map(({ label, arm }) => [label, arm ?? label] as const);

/** The types of value an input may give at a state. */
const typesAt = (state: TypeState): readonly ValueType[] => {
  if (state.kind === "send") return state.branches.map(({ type }) => type).filter(needsPayload);
  return state.kind === "perform" && state.type !== undefined ? [state.type] : [];
};

/**
 * The states a seat's input may apply to: the present one, or all of its
 * program's when its step lies ahead; that one is checked again when it is used.
 */
const place = (state: SessionState, ref: StepRef): readonly TypeState[] | HostError => {
  const program = state.image.programs[state.image.roles.indexOf(ref.seat)];
  const mayHaveArms = program?.states.some(({ kind }) => kind === "par") ?? false;
  if (program === undefined || (ref.endpoint !== "" && !(PAR_PATH.test(ref.endpoint) && mayHaveArms))) {
    const { seat, endpoint } = ref;
    return { code: "PAR7004", kind: "wrong-seat", seat, endpoint, roles: state.image.roles };
  }
  const endpoint = endpointAt(state.machine, ref.seat, ref.endpoint);
  const actual = endpoint?.step ?? 0;
  if (actual > ref.step) {
    const { seat, step } = ref;
    return { code: "PAR7006", kind: "stale-step", seat, endpoint: ref.endpoint, expected: step, actual };
  }
  if (endpoint === undefined || actual < ref.step) return program.states;
  const present = program.states[endpoint.type];
  return present === undefined ? [] : [present];
};

const isError = (value: readonly TypeState[] | HostError): value is HostError => "code" in value;

const checkDecide = (state: SessionState, ref: StepRef, label: string): HostError | undefined => {
  const found = place(state, ref);
  if (isError(found)) return found;
  const ahead = found.length > 1;
  const offered = found.flatMap((one) =>
    ahead && one.kind === "send" ? branchLabels(one.branches) : labelsAt(one),
  );
  if (offered.some((one) => one.includes(label))) return undefined;
  const labels = [...new Set(offered.map(([, arm]) => arm))];
  return { code: "PAR7005", kind: "unknown-label", seat: ref.seat, label, labels };
};

const typeText = (type: ValueType): string => (type.kind === "opaque" ? type.name : type.kind);

const isJson = (text: string): boolean => {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
};

const isNatural = (value: number | bigint): boolean =>
  value >= 0 && (typeof value === "bigint" || Number.isSafeInteger(value));

/** What is wrong with a value by itself: its size, or JSON text that is none. */
const checkValue = (value: Value): HostError | undefined => {
  const size = wireSize(value);
  if (size > MAX_PAYLOAD_BYTES)
    return { code: "PAR7301", kind: "too-large", limit: "payload bytes", max: MAX_PAYLOAD_BYTES, size };
  if (value.kind === "prod") return checkValue(value.left) ?? checkValue(value.right);
  if (value.kind === "nat" && !isNatural(value.value))
    return { code: "PAR7009", kind: "bad-value", expected: "nat", reason: "not a natural number" };
  if (value.kind === "opaque" && !isJson(value.json))
    return { code: "PAR7009", kind: "bad-value", expected: value.type, reason: "not JSON text" };
  return undefined;
};

const checkPayload = (state: SessionState, ref: StepRef, value: Value): HostError | undefined => {
  const found = place(state, ref);
  if (isError(found)) return found;
  const wanted = found.flatMap(typesAt);
  if (!wanted.some((type) => matchesType(type, value))) {
    const expected = wanted.length === 0 ? "no payload" : [...new Set(wanted.map(typeText))].join(" or ");
    return { code: "PAR7009", kind: "bad-value", expected, reason: `got ${value.kind}` };
  }
  return checkValue(value);
};

const checkRole = (state: SessionState, role: string): HostError | undefined =>
  state.image.roles.includes(role)
    ? undefined
    : { code: "PAR7004", kind: "wrong-seat", seat: role, endpoint: "", roles: state.image.roles };

const checkInject = (
  state: SessionState,
  input: Extract<SessionInput, { readonly kind: "inject" }>,
): HostError | undefined => {
  const { from, to } = input;
  const edge = edgeBetween(state.machine, from, to);
  if (edge === undefined) return { code: "PAR7010", kind: "unknown-edge", from, to };
  if (edge.frames.length >= edge.capacity)
    return {
      code: "PAR7301",
      kind: "too-large",
      limit: `frames from ${from} to ${to}`,
      max: edge.capacity,
      size: edge.frames.length + 1,
    };
  return checkValue(input.value);
};

const interventionRefused = (error: InterventionError): HostError => {
  switch (error.kind) {
    case "not-down":
      return { code: "PAR7017", ...error };
    case "no-frame":
      return { code: "PAR7018", ...error };
    case "edge-full": {
      const limit = `frames from ${error.from} to ${error.to}`;
      return {
        code: "PAR7301",
        kind: "too-large",
        limit,
        max: error.capacity,
        size: error.capacity + 1,
      };
    }
  }
};

const unknownPlace = (state: SessionState, event: Intervention): HostError | undefined => {
  if ("site" in event) return checkRole(state, event.site);
  const { from, to } = event;
  const known = edgeBetween(state.machine, from, to) ?? edgeBetween(state.machine, to, from);
  return known === undefined ? { code: "PAR7010", kind: "unknown-edge", from, to } : undefined;
};

const checkTopology = (state: SessionState, event: Intervention): HostError | undefined => {
  const unknown = unknownPlace(state, event);
  if (unknown !== undefined) return unknown;
  const error = interventionError(state.machine, event);
  return error && interventionRefused(error);
};

/** Whether an input brings a session back in which every role that was left has crashed. */
const revives = (state: SessionState, input: SessionInput): boolean =>
  input.kind === "topology" && input.event.kind === "restart" && sessionStatus(state.machine) === "faulted";

const unknownTimer = (state: SessionState, timer: string): HostError => ({
  code: "PAR7014",
  kind: "unknown-timer",
  timer,
  timers: runningTimers(state.machine).map(({ id }) => id),
});

const checkTimer = (state: SessionState, id: string, at: number): HostError | undefined => {
  const timer = runningTimers(state.machine).find((one) => one.id === id);
  if (timer === undefined) return unknownTimer(state, id);
  const { deadline } = timer;
  return deadline > at ? { code: "PAR7015", kind: "timer-not-due", timer: id, deadline, at } : undefined;
};

const checkCancel = (state: SessionState, scope: string | undefined): HostError | undefined => {
  if (scope === undefined) return undefined;
  const timer = runningTimers(state.machine).find((one) => one.id === scope);
  if (timer === undefined) return unknownTimer(state, scope);
  return timer.cancellable ? undefined : { code: "PAR7016", kind: "not-cancellable", timer: scope };
};

/**
 * Why an input is refused (model §2.5), or `undefined`. A refused input leaves
 * no entry and changes nothing. `at` is the session time its entry would have.
 */
export const checkInput = (
  state: SessionState,
  input: SessionInput,
  at: number = state.at,
  mayRetry: (denied: Denied) => boolean = () => false,
): HostError | undefined => {
  if (state.fork !== undefined && FORK_FORBIDDEN.has(input.kind))
    return { code: "PAR7502", kind: "fork-forbidden", session: state.stream, input: input.kind };
  if (UNSUPPORTED.has(input.kind)) return { code: "PAR7012", kind: "unsupported-input", input: input.kind };
  if (state.position + 1 >= MAX_ENTRIES)
    return {
      code: "PAR7301",
      kind: "too-large",
      limit: "session entries",
      max: MAX_ENTRIES,
      size: state.position + 2,
    };
  const status = sessionStatus(state.machine);
  if (
    (state.machine.live === 0 && !revives(state, input)) ||
    (status !== "active" && NEEDS_ACTIVE.has(input.kind))
  )
    return { code: "PAR7007", kind: "closed-session", session: state.stream, status };
  switch (input.kind) {
    case "decide":
      return checkDecide(state, input, input.label);
    case "payload":
      return checkPayload(state, input, input.value);
    case "pause":
    case "resume":
      return checkRole(state, input.role);
    case "inject":
      return checkInject(state, input);
    case "topology":
      return checkTopology(state, input.event as Intervention);
    case "timer":
      return checkTimer(state, input.id, at);
    case "cancel":
      return checkCancel(state, input.scope);
    case "advance":
      return plan(state.machine).kind === "run" || state.denials.some(mayRetry)
        ? undefined
        : { code: "PAR7008", kind: "nothing-runnable", session: state.stream };
    case "clock":
      if (state.pin.clock === "real") return { code: "PAR7011", kind: "clock-refused", reason: "real-clock" };
      return input.at < state.at
        ? { code: "PAR7011", kind: "clock-refused", reason: "backwards" }
        : undefined;
    default:
      return undefined;
  }
};
