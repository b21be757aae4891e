import type { Deed, ProgressContract } from "@parley/core";
import { unit, type Value } from "@parley/wire";
import { deedDetail } from "../code/deed-detail.ts";
import type { Instruction } from "../code/instruction.ts";
import type { PerformState } from "../code/program.ts";
import { faults } from "../faults.ts";
import { operationKey } from "../operations.ts";
import type { OutputKind } from "../output-predicates.ts";
import { payloadFault } from "../payload.ts";
import { beginProgress, endProgress } from "../progress.ts";
import { faulted, gated, pathOf, type Round, roleName, type Step, sessionOf, touch } from "../round.ts";
import type { Coroutine, Endpoint } from "../state.ts";

type DeedOf<K extends Deed["kind"]> = Extract<Deed, { kind: K }>;

const PENDING = "pending";
const stepped: readonly OutputKind[] = ["step"];

/** `perform`: one role does something by itself (spec/language.md §6); only a question and a wait need an answer. */
export const perform = (round: Round, instruction: Extract<Instruction, { kind: "perform" }>): Step => {
  const { machine, coroutine, answers } = round;
  const { endpoint } = coroutine;
  const own = endpoint && machine.linked.programs[endpoint.role]?.linked[endpoint.type]?.own;
  if (endpoint === undefined || own?.kind !== "perform" || endpoint.type !== instruction.state)
    return faulted(faults.type("expected a deed"));
  if (answers.failure !== undefined)
    return faulted(faults.invoke(answers.failure.kind, answers.failure.message));
  switch (own.deed.kind) {
    case "ask":
      return ask(round, endpoint, own, own.deed);
    case "transfer":
      return pass(round, endpoint, own, bind(own.deed.binds, coroutine.names.get(own.deed.subject) ?? unit));
    case "begin":
    case "await":
    case "resolve":
    case "invalidate":
      return operate(round, endpoint, own, own.deed);
    default:
      return pass(round, endpoint, own);
  }
};

const bind =
  (name: string, value: Value) =>
  (coroutine: Coroutine): void => {
    coroutine.names = new Map(coroutine.names).set(name, value);
  };

/** Does the deed: one step, one event. */
const pass = (
  round: Round,
  endpoint: Endpoint,
  own: PerformState,
  effect: (coroutine: Coroutine) => void = () => undefined,
  answer?: Value | string,
): Step =>
  gated(
    round,
    () => {
      const { machine, coroutine, events } = round;
      effect(coroutine);
      endpoint.type = own.next;
      endpoint.step += 1;
      coroutine.pc += 1;
      touch(machine, coroutine);
      events.push({
        kind: "performed",
        tick: machine.tick,
        coroutine: coroutine.id,
        role: roleName(machine, coroutine.role),
        deed: own.deed.kind,
        detail: { ...deedDetail(own.deed), ...(answer === undefined ? {} : { answer }) },
        edgeId: own.edgeId,
        ...pathOf(endpoint),
      });
    },
    stepped,
  );

/** The world is asked; an answer of no content needs nobody. */
const ask = (round: Round, endpoint: Endpoint, own: PerformState, deed: DeedOf<"ask">): Step => {
  const { machine, answers } = round;
  const { type } = own;
  if (type === undefined) return pass(round, endpoint, own, bind(deed.binds, unit));
  const { payload } = answers;
  if (payload === undefined)
    return {
      kind: "blocked",
      reason: {
        kind: "payload",
        role: roleName(machine, endpoint.role),
        step: endpoint.step,
        label: deed.what,
        type: deed.result.text,
      },
    };
  const fault = payloadFault(machine.config, `answer of ${deed.what}:`, type, payload, true);
  return fault === undefined
    ? pass(round, endpoint, own, bind(deed.binds, payload), payload)
    : faulted(fault);
};

const waitForDone = ({ machine }: Round, endpoint: Endpoint): Step => ({
  kind: "blocked",
  reason: {
    kind: "decision",
    role: roleName(machine, endpoint.role),
    step: endpoint.step,
    labels: ["done"],
  },
});

type OperationDeed = Exclude<Extract<Deed, { readonly operation: string }>, { kind: "handoff" }>;

const operate = (round: Round, endpoint: Endpoint, own: PerformState, deed: OperationDeed): Step => {
  const { machine, coroutine, answers } = round;
  const session = sessionOf(machine, coroutine.sid);
  const key = operationKey(deed.operation, roleName(machine, coroutine.role));
  const state = session.operations.get(key);
  const become = (next: string) => (): void => {
    session.operations.set(key, next);
    machine.parts.sessions.touch(session);
  };
  switch (deed.kind) {
    case "begin":
      return state === PENDING
        ? faulted(faults.operation(deed.operation, `${deed.operation} is under way already`))
        : begin(round, pass(round, endpoint, own, become(PENDING)), key, deed.contract);
    case "invalidate":
      return end(round, pass(round, endpoint, own, become("invalidated")), key, "invalidated");
    case "resolve":
      return state === undefined
        ? faulted(faults.operation(deed.operation, `${deed.operation} was never begun`))
        : end(round, pass(round, endpoint, own, become(deed.outcome)), key, deed.outcome);
    case "await":
      if (state === undefined)
        return faulted(faults.operation(deed.operation, `${deed.operation} was never begun`));
      if (state !== PENDING) return pass(round, endpoint, own, undefined, state);
      if (answers.label === undefined) return waitForDone(round, endpoint);
      return answers.label === "done"
        ? end(round, pass(round, endpoint, own, become("done"), "done"), key, "done")
        : faulted(faults.label(answers.label));
  }
};

/** A begun operation is held to its contract, once the round has gone through. */
const begin = (
  { machine, coroutine, answers, events }: Round,
  step: Step,
  operation: string,
  contract: ProgressContract | undefined,
): Step => {
  if (step.kind !== "continue" || contract === undefined) return step;
  const session = sessionOf(machine, coroutine.sid);
  const role = roleName(machine, coroutine.role);
  beginProgress(machine, session, { operation, role, coroutine }, contract, answers.at ?? 0, events);
  return step;
};

/** One that has ended is watched no longer. */
const end = ({ machine, coroutine, events }: Round, step: Step, operation: string, outcome: string): Step => {
  if (step.kind === "continue")
    endProgress(machine, sessionOf(machine, coroutine.sid), operation, outcome, events);
  return step;
};

/** Takes what parallel arms have bound over into the one they join. */
export const joinNames = (parent: Coroutine, child: Coroutine): void => {
  if (child.names.size === 0 || child.names === parent.names) return;
  const names = new Map(parent.names);
  for (const [name, value] of child.names) names.set(name, value);
  parent.names = names;
};
