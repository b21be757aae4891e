import type { Host } from "@parley/runtime/host";
import { operator } from "@parley/runtime/host";
import type { NextAction, SessionView, ValueJson } from "@parley/wire/http";
import type { Scenario } from "./scenario.ts";

export type PlayResult =
  | { readonly ok: true; readonly view: SessionView }
  | { readonly ok: false; readonly reason: string; readonly view?: SessionView };

/** Inputs a scenario may need before it must have ended: a stop for protocols that never do. */
const INPUT_LIMIT = 10_000;

/** `Witness` stands for every `Witness[i]`. */
const means = (written: string, seat: string): boolean => written === seat || seat.startsWith(`${written}[`);

/** Counts how often each seat answered each question, so that `nth` can name one. */
const counter = () => {
  const seen = new Map<string, number>();
  return (key: string): number => {
    const count = seen.get(key) ?? 0;
    seen.set(key, count + 1);
    return count;
  };
};

const typedValue = (action: Extract<NextAction, { kind: "payload" }>, text: string): ValueJson => {
  switch (action.payloadSort) {
    case "Unit":
      return { kind: "unit" };
    case "Nat":
      return { kind: "nat", value: text };
    case "Bool":
      return { kind: "bool", value: text === "true" };
    case "String":
      return { kind: "str", value: text };
    case "Opaque":
      return { kind: "opaque", type: action.payloadType, json: text };
  }
};

/**
 * Plays a scenario on an open session until the session ends: every decision
 * and payload comes from the scenario, everything else is the machine.
 * Stops with the reason when the scenario has no answer to a question.
 *
 * @example await playScenario(host, session.id, piece.scenario)
 */
export const playScenario = async (host: Host, session: string, scenario: Scenario): Promise<PlayResult> => {
  const nth = counter();
  for (let round = 0; round < INPUT_LIMIT; round += 1) {
    const found = await host.view(session);
    if (!found.ok) return { ok: false, reason: found.error.kind };
    const view = found.value;
    if (view.status === "completed") return { ok: true, view };
    if (view.status !== "active") return { ok: false, reason: `the session is ${view.status}`, view };
    const answered = await step(host, view, scenario, nth);
    if (answered !== undefined) return { ok: false, reason: answered, view };
  }
  return { ok: false, reason: `not ended after ${INPUT_LIMIT} inputs` };
};

/** Answers the first open question, else runs on; the reason when it can do neither. */
const step = async (
  host: Host,
  view: SessionView,
  scenario: Scenario,
  nth: (key: string) => number,
): Promise<string | undefined> => {
  const question = view.next.find(({ kind }) => kind === "decide" || kind === "payload");
  if (question?.kind !== "decide" && question?.kind !== "payload") {
    const advanced = await host.inputs(operator, view.id, { inputs: [{ kind: "advance" }] });
    return advanced.ok ? undefined : `cannot go on: ${advanced.error.kind}`;
  }
  const ref = { seat: question.seat, endpoint: question.endpoint, step: question.step };
  if (question.kind === "decide") {
    const count = nth(`decide ${question.seat}`);
    const row = scenario.decide.find(
      ({ role, nth: only }) => means(role, question.seat) && (only ?? count) === count,
    );
    const option = question.options.find(({ label, arm }) => row && (row.take === label || row.take === arm));
    if (!option) return `${question.seat} must decide and the scenario does not say how`;
    const decided = await host.inputs(operator, view.id, {
      inputs: [{ kind: "decide", label: option.label, ...ref }],
    });
    return decided.ok ? undefined : decided.error.kind;
  }
  const count = nth(`payload ${question.seat} ${question.label}`);
  const row = scenario.payload.find(
    ({ role, message, nth: only }) =>
      means(role, question.seat) && message === question.label && (only ?? count) === count,
  );
  if (!row) return `${question.seat} must say what ${question.label} holds and the scenario does not`;
  const paid = await host.inputs(operator, view.id, {
    inputs: [{ kind: "payload", value: typedValue(question, row.value), ...ref }],
  });
  return paid.ok ? undefined : paid.error.kind;
};
