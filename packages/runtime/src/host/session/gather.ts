import type { GuardVerdict, Read, StepRef, Value } from "@parley/wire";
import type { GuardChain } from "../../guards/guard-chain.ts";
import { defaultValue } from "../../machine/code/default-value.ts";
import { matchesType } from "../../machine/code/value-type.ts";
import type { DecisionRequest, EffectRequest, GuardRequest, PayloadRequest } from "../../machine/request.ts";
import { policyOption } from "./decision-policy.ts";
import type { Denied, GuardedSend } from "./denials.ts";
import { refKey } from "./given.ts";
import { scriptedFailure, scriptedOption, scriptedValue } from "./script-answer.ts";
import type { SessionState } from "./session-state.ts";

type DecisionRead = Extract<Read, { readonly kind: "decision" }>;
type PayloadRead = Extract<Read, { readonly kind: "payload" }>;
type GuardRead = Extract<Read, { readonly kind: "guard" }>;
type RetryRead = Extract<Read, { readonly kind: "retry" }>;
type EffectRead = Extract<Read, { readonly kind: "effect" }>;

/**
 * Where the rounds of one entry get their answers: live, from what seats gave
 * and policies say; on replay, from the reads recorded. `undefined` is a
 * request that was not met. The rounds cannot tell which of the two they run on.
 */
export interface Gather {
  decision(state: SessionState, request: DecisionRequest): DecisionRead | undefined;
  payload(state: SessionState, request: PayloadRequest): PayloadRead | undefined;
  guard(state: SessionState, request: GuardRequest): GuardRead | undefined;
  effect(state: SessionState, request: EffectRequest): EffectRead | undefined;
  /** Why the role fails at what it is about to say; asked of sessions that have a script, once its label is known. */
  failure(state: SessionState, role: string, label: string): EffectRead | undefined;
  /** The versions that what a denial had read has now, where one of them moved: whoever was denied may try again. */
  retry(state: SessionState, denied: Denied): RetryRead | undefined;
  /** Told of every guarded message that went out. */
  readonly sent?: (state: SessionState, send: GuardedSend) => void;
  /** Told of every step that went through. */
  readonly stepped?: (state: SessionState, coroutine: number) => void;
}

/** The name of the read that says a script lets a role fail. */
export const SCRIPT_FAILS = "script.fails";

const refOf = (request: DecisionRequest | PayloadRequest): StepRef => ({
  seat: request.role,
  endpoint: request.endpoint,
  step: request.step,
});

const decideByScript = (state: SessionState, request: DecisionRequest): DecisionRead | undefined => {
  const { script } = state.pin;
  const option = script && scriptedOption(script, state.cursor, request, state.at);
  if (script === undefined || option === undefined) return undefined;
  const { role, endpoint, step } = request;
  const source = { kind: "script", script: script.name } as const;
  return { kind: "decision", role, endpoint, step, label: option.label, source };
};

const payByScript = (state: SessionState, request: PayloadRequest): PayloadRead | undefined => {
  const { script } = state.pin;
  const value = script && scriptedValue(script, state.cursor, request, state.at);
  if (script === undefined || value === undefined) return undefined;
  const { role, endpoint, step } = request;
  return { kind: "payload", role, endpoint, step, value, source: { kind: "script", script: script.name } };
};

const decide = (state: SessionState, request: DecisionRequest): DecisionRead | undefined => {
  const { role, endpoint, step, options } = request;
  const read = { kind: "decision", role, endpoint, step } as const;
  const given = state.inbox.decisions.get(refKey(refOf(request)));
  const taken = options.find((option) => option.label === given?.value || option.arm === given?.value);
  if (given !== undefined && taken !== undefined)
    return { ...read, label: taken.label, source: { kind: "input", seq: given.seq } };
  const policy = state.pin.decisions;
  if (policy === "script") return decideByScript(state, request);
  const option = policyOption(policy, state.cursor, request);
  return option && { ...read, label: option.label, source: { kind: "policy", policy } };
};

const pay = (state: SessionState, request: PayloadRequest): PayloadRead | undefined => {
  const { role, endpoint, step, type } = request;
  const read = { kind: "payload", role, endpoint, step } as const;
  const given = state.inbox.payloads.get(refKey(refOf(request)));
  if (given !== undefined && matchesType(type, given.value))
    return { ...read, value: given.value, source: { kind: "input", seq: given.seq } };
  const policy = state.pin.decisions;
  if (policy === "script") return payByScript(state, request);
  return policy === "ask"
    ? undefined
    : { ...read, value: defaultValue(type), source: { kind: "policy", policy } };
};

/** What a gather needs of guards that keep accounts. */
export type GuardHooks = Pick<Gather, "guard" | "retry" | "sent">;

/** Answers from the session's inbox, its decision policy and the guard chain; `hooks` in its place where accounts are kept. */
export const liveGather = (guards: GuardChain, hooks?: GuardHooks): Gather => ({
  decision: decide,
  payload: pay,
  guard: (state, { role, peer, label, edgeId, annotations }) => {
    const question = { session: state.stream, role, peer, label, edgeId, annotations, at: state.at };
    return { kind: "guard", role, edgeId, label, verdicts: guards.evaluate(question) };
  },
  retry: () => undefined,
  effect: (_state, { name, layer }) => ({ kind: "effect", name, result: { layer } }),
  failure: (state, role, label) => {
    const { script } = state.pin;
    const reason = script && scriptedFailure(script, state.cursor, role, label);
    return script === undefined || reason === undefined
      ? undefined
      : { kind: "effect", name: SCRIPT_FAILS, result: { script: script.name, role, label, reason } };
  },
  ...hooks,
});

/** A gather over an entry's recorded reads, and whether every one of them was asked for. */
export interface RecordedGather extends Gather {
  /** Reads nothing asked for; none when the fold ran as the live execution did. */
  rest(): readonly Read[];
}

/**
 * Answers in the order recorded. A request that does not match the next read
 * was not met when it was live: within one entry what a request could be
 * answered with does not change, so the two never differ by chance.
 */
export const recordedGather = (reads: readonly Read[]): RecordedGather => {
  let next = 0;
  const take = <K extends Read["kind"]>(
    kind: K,
    matches: (read: Extract<Read, { readonly kind: K }>) => boolean,
  ): Extract<Read, { readonly kind: K }> | undefined => {
    const read = reads[next];
    if (read?.kind !== kind || !matches(read as Extract<Read, { readonly kind: K }>)) return undefined;
    next += 1;
    return read as Extract<Read, { readonly kind: K }>;
  };
  return {
    decision: (_state, { role, endpoint, step }) =>
      take("decision", (read) => read.role === role && read.endpoint === endpoint && read.step === step),
    payload: (_state, { role, endpoint, step }) =>
      take("payload", (read) => read.role === role && read.endpoint === endpoint && read.step === step),
    guard: (_state, { role, edgeId, label }) =>
      take("guard", (read) => read.role === role && read.edgeId === edgeId && read.label === label),
    retry: (_state, { role, endpoint }) =>
      take("retry", (read) => read.role === role && read.endpoint === endpoint),
    effect: (_state, { name }) => take("effect", (read) => read.name === name),
    failure: () => take("effect", (read) => read.name === SCRIPT_FAILS),
    rest: () => reads.slice(next),
  };
};

/** The verdict of the whole chain: denied by the first guard that denies. */
export const chainVerdict = (
  verdicts: readonly GuardVerdict[],
): { readonly allow: boolean; readonly reason?: string } => {
  const denial = verdicts.find((one) => !one.allow);
  return denial === undefined ? { allow: true } : { allow: false, reason: denial.reason ?? denial.guard };
};

/** A value that replaces nothing: what an acquired layer hands out while guards pass through. */
export const passEvidence: Value = { kind: "unit" };
