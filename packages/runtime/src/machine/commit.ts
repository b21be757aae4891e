import type { MachineEvent } from "@parley/wire";
import { assertNever } from "./assert-never.ts";
import type { Instruction } from "./code/instruction.ts";
import { faults } from "./faults.ts";
import { faultCoroutine } from "./finish.ts";
import { choose, receive } from "./instructions/accept.ts";
import { close } from "./instructions/close.ts";
import { halt, invoke, jump, move, set, spawn, yieldNow } from "./instructions/control.ts";
import { decide } from "./instructions/decide.ts";
import { acquire, release } from "./instructions/guard-layer.ts";
import { check, tag, transfer } from "./instructions/knowledge.ts";
import { parFork, parJoin } from "./instructions/parallel.ts";
import { perform } from "./instructions/perform.ts";
import { enter, leave, preempt } from "./instructions/scope.ts";
import { abort, fork, join } from "./instructions/speculation.ts";
import { offer, send } from "./instructions/transmit.ts";
import { mayWake } from "./may-wake.ts";
import type { Plan } from "./plan.ts";
import type { Answers } from "./request.ts";
import { type EventSink, faulted, pathOf, type Round, roleName, type Step, touch } from "./round.ts";
import { leaving } from "./scopes.ts";
import { type Coroutine, type Machine, ready } from "./state.ts";
import { applyWakes } from "./wake.ts";

export interface RoundOutcome {
  readonly status: "continue" | "blocked" | "yielded" | "halted" | "faulted" | "stuck" | "allDone";
  /** Who ran; absent when nobody could. */
  readonly coroutine?: number;
  /** What happened, in order; empty when a sink was given. */
  readonly events: readonly MachineEvent[];
  /** Whether no coroutine can run any more. */
  readonly done: boolean;
}

const noAnswers: Answers = {};

/** What an outcome lists when its events went to a sink. */
const elsewhere: readonly MachineEvent[] = [];

/**
 * The second half of a round (model §2.2): runs one instruction with the
 * answers gathered for `plan`. Deterministic in (state, plan, answers). A
 * round that blocks or faults moves the tick and the scheduler only. Throws if
 * the machine has changed since the plan was made.
 *
 * @example
 * const next = plan(machine);
 * const outcome = commit(machine, next, { guard: { allow: true } });
 */
export const commit = (
  machine: Machine,
  plan: Plan,
  answers: Answers = noAnswers,
  sink?: EventSink,
): RoundOutcome => {
  if (plan.version !== machine.version) throw new Error("the plan belongs to another state of the machine");
  const events: MachineEvent[] | undefined = sink === undefined ? [] : undefined;
  machine.version += 1;
  machine.tick = plan.tick;
  if (plan.kind !== "allDone") {
    if (machine.timeouts.size > 0) expireTimeouts(machine);
    applyWakes(machine, plan.woken, machine.tick);
  }
  const coroutine = plan.coroutine === undefined ? undefined : machine.coroutines.get(plan.coroutine);
  if (plan.kind !== "run" || coroutine === undefined)
    return {
      status: plan.kind === "stuck" ? "stuck" : "allDone",
      events: events ?? elsewhere,
      done: machine.live === 0,
    };
  takeFromQueue(machine, coroutine, plan);
  const out = machine.linked.scoped ? leaving(machine, coroutine) : undefined;
  const runner = out?.coroutine ?? coroutine;
  const round: Round = { machine, coroutine: runner, answers, events: sink ?? (events as EventSink) };
  const step = out === undefined ? execute(round) : preempt(round, out.exit);
  settle(round, step);
  return {
    status: step.kind,
    coroutine: runner.id,
    events: events ?? elsewhere,
    done: machine.live === 0,
  };
};

const expireTimeouts = (machine: Machine): void => {
  for (const [site, timeout] of machine.timeouts)
    if (timeout.until <= machine.tick) machine.timeouts.delete(site);
};

/** First in, first out drops what cannot run and stands before the picked one; the other policies pass it over. */
const takeFromQueue = (machine: Machine, coroutine: Coroutine, { position, wave }: Plan): void => {
  const { queue } = machine;
  const { kind } = machine.config.scheduler;
  touch(machine, coroutine);
  if (wave || (kind !== "cooperative" && kind !== "roundRobin")) {
    queue.remove(coroutine);
    return;
  }
  for (let i = 0; i < position; i += 1) {
    const passed = queue.at(i);
    if (passed !== undefined) touch(machine, passed);
  }
  queue.drop(position + 1);
};

const execute = (round: Round): Step => {
  const { machine, coroutine } = round;
  const instruction = machine.linked.programs[coroutine.role]?.code[coroutine.pc];
  if (instruction === undefined) return faulted(faults.pc());
  if (coroutine.credits >= 0 && coroutine.credits < machine.config.cost) return faulted(faults.credits());
  return dispatch(round, instruction);
};

const dispatch = (round: Round, instruction: Instruction): Step => {
  switch (instruction.kind) {
    case "send":
      return send(round, instruction);
    case "receive":
      return receive(round, instruction);
    case "offer":
      return offer(round, instruction);
    case "choose":
      return choose(round, instruction);
    case "invoke":
      return invoke(round);
    case "jump":
      return jump(round, instruction);
    case "halt":
      return halt(round);
    case "parFork":
      return parFork(round, instruction);
    case "parJoin":
      return parJoin(round);
    case "perform":
      return perform(round, instruction);
    case "decide":
      return decide(round, instruction);
    case "enter":
      return enter(round, instruction);
    case "leave":
      return leave(round);
    case "open":
      return faulted(faults.speculation("sessions are opened by the host"));
    case "close":
      return close(round, instruction);
    case "acquire":
      return acquire(round, instruction);
    case "release":
      return release(round, instruction);
    case "fork":
      return fork(round, instruction);
    case "join":
      return join(round);
    case "abort":
      return abort(round);
    case "transfer":
      return transfer(round, instruction);
    case "tag":
      return tag(round, instruction);
    case "check":
      return check(round, instruction);
    case "set":
      return set(round, instruction);
    case "move":
      return move(round, instruction);
    case "spawn":
      return spawn(round, instruction);
    case "yield":
      return yieldNow(round);
    default:
      return assertNever(instruction);
  }
};

const settle = (round: Round, step: Step): void => {
  const { machine, coroutine } = round;
  switch (step.kind) {
    case "continue":
    case "yielded":
      coroutine.status = ready;
      if (coroutine.credits >= 0) coroutine.credits -= machine.config.cost;
      machine.queue.push(coroutine);
      return;
    case "blocked":
      block(round, step);
      return;
    case "faulted":
      faultCoroutine(machine, coroutine, step.fault, machine.tick, round.events);
      return;
    case "halted":
      return;
    default:
      assertNever(step);
  }
};

const block = (round: Round, step: Extract<Step, { kind: "blocked" }>): void => {
  const { machine, coroutine } = round;
  const { reason, edge } = step;
  coroutine.status = reason === edge?.whenEmpty.reason ? edge.whenEmpty : { kind: "blocked", reason };
  coroutine.waiting = true;
  coroutine.waitEdge = edge;
  if (reason.kind === "empty") edge?.readers.push(coroutine);
  else if (reason.kind === "full") edge?.writers.push(coroutine);
  else if (reason.kind === "topology") mayWake(machine, coroutine);
  else if (reason.kind !== "join") machine.asking.add(coroutine);
  round.events.push({
    kind: "blocked",
    tick: machine.tick,
    coroutine: coroutine.id,
    role: roleName(machine, coroutine.role),
    reason,
    ...pathOf(coroutine.endpoint),
  });
};
