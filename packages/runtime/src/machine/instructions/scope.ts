import type { Instruction } from "../code/instruction.ts";
import { faults } from "../faults.ts";
import { endWait } from "../finish.ts";
import type { OwnState } from "../link.ts";
import { removeCoroutine } from "../open.ts";
import { continued, faulted, pathOf, type Round, roleName, type Step, sessionOf, touch } from "../round.ts";
import { countIn, countOut, dropBefore, dropStale, type Preemption, timerId } from "../scopes.ts";
import type { Coroutine, Endpoint, Machine, ScopeFrame } from "../state.ts";

type ScopeOf = Extract<OwnState, { kind: "scope" }>;

const ownState = (machine: Machine, endpoint: Endpoint, state = endpoint.type): OwnState | undefined =>
  machine.linked.programs[endpoint.role]?.linked[state]?.own;

/** `enter`: the owner's timer is armed from now on; `Answers.at` is session time. */
export const enter = (round: Round, instruction: Extract<Instruction, { kind: "enter" }>): Step => {
  const { machine, coroutine, events } = round;
  const { endpoint } = coroutine;
  const own = endpoint && ownState(machine, endpoint);
  if (endpoint === undefined || own?.kind !== "scope" || endpoint.type !== instruction.state)
    return faulted(faults.type("expected a scope"));
  const session = sessionOf(machine, coroutine.sid);
  const tags = countIn(session, coroutine, own.scope);
  const id = timerId(tags, endpoint.path);
  const deadline = own.millis === undefined ? undefined : (round.answers.at ?? 0) + own.millis;
  if (deadline !== undefined)
    session.timers.set(id, {
      id,
      coroutine: coroutine.id,
      scope: own.scope,
      deadline,
      cancellable: own.exits.some(({ outcome }) => outcome === "cancel"),
      state: "running",
    });
  const frame: ScopeFrame = {
    tags,
    state: endpoint.type,
    pc: coroutine.pc,
    timer: deadline === undefined ? undefined : id,
  };
  coroutine.scopes = [...coroutine.scopes, frame];
  endpoint.type = own.body;
  endpoint.step += 1;
  coroutine.pc += 1;
  machine.parts.sessions.touch(session);
  touch(machine, coroutine);
  events.push({
    kind: "entered",
    tick: machine.tick,
    coroutine: coroutine.id,
    role: roleName(machine, coroutine.role),
    scope: own.scope,
    lap: tags.at(-1)?.lap ?? 0,
    timer: id,
    ...(deadline === undefined ? {} : { deadline }),
    ...pathOf(endpoint),
  });
  return continued;
};

/** `leave`: the body has ended. The owner is done; anybody else waits at its exit for the owner's word. */
export const leave = (round: Round): Step => {
  const { machine, coroutine } = round;
  const { endpoint } = coroutine;
  const own = endpoint && ownState(machine, endpoint);
  const frame = coroutine.scopes.at(-1);
  if (endpoint === undefined || own?.kind !== "leave" || own.of !== frame?.state)
    return faulted(faults.type("expected the end of a scope"));
  return leaveBy(round, endpoint, coroutine.scopes.length - 1, frame.timer === undefined ? "told" : "done");
};

/**
 * Leaves a scope and all within it, because its timer ran out, it was
 * cancelled, or its owner said so. The coroutine may be waiting for its
 * parallel arms while one of them was to run.
 */
export const preempt = (round: Round, { index, outcome, edge, position }: Preemption): Step => {
  const { machine, coroutine, events } = round;
  const { endpoint } = coroutine;
  if (endpoint === undefined) return faulted(faults.type("expected a scope"));
  endWait(machine, coroutine);
  if (edge !== undefined) dropBefore(machine, edge, position, events);
  return leaveBy(round, endpoint, index, outcome);
};

type Outcome = ScopeOf["exits"][number]["outcome"];

const leaveBy = (round: Round, endpoint: Endpoint, index: number, outcome: Outcome): Step => {
  const { machine, coroutine, events } = round;
  const frame = coroutine.scopes[index] as ScopeFrame;
  const own = ownState(machine, endpoint, frame.state);
  const exit = own?.kind === "scope" ? own.exits.find((one) => one.outcome === outcome) : undefined;
  const enterAt = machine.linked.programs[coroutine.role]?.code[frame.pc];
  const target = enterAt?.kind === "enter" ? enterAt.exits.find(({ label }) => label === outcome) : undefined;
  if (own?.kind !== "scope" || exit === undefined || target === undefined)
    return faulted(faults.type(`the scope has no exit ${outcome}`));
  const steps = killChildren(machine, coroutine);
  const session = sessionOf(machine, coroutine.sid);
  for (const left of coroutine.scopes.slice(index))
    if (left.timer !== undefined) session.timers.delete(left.timer);
  countOut(session, coroutine.role, frame.tags);
  coroutine.scopes = coroutine.scopes.slice(0, index);
  endpoint.type = exit.next;
  endpoint.step = Math.max(endpoint.step, steps) + 1;
  coroutine.pc = target.pc;
  machine.parts.sessions.touch(session);
  touch(machine, coroutine);
  events.push({
    kind: "left",
    tick: machine.tick,
    coroutine: coroutine.id,
    role: roleName(machine, coroutine.role),
    scope: own.scope,
    lap: frame.tags.at(-1)?.lap ?? 0,
    outcome,
    ...pathOf(endpoint),
  });
  for (const edge of session.edges) if (edge.to === coroutine.role) dropStale(machine, edge, events);
  return continued;
};

/** Ends the parallel arms of a coroutine that leaves the scope around them; answers the furthest step any got to. */
const killChildren = (machine: Machine, parent: Coroutine): number => {
  const session = sessionOf(machine, parent.sid);
  let steps = 0;
  for (const id of parent.children) {
    const child = machine.coroutines.get(id);
    if (child === undefined) continue;
    steps = Math.max(steps, child.endpoint?.step ?? 0, killChildren(machine, child));
    for (const { timer } of child.scopes) if (timer !== undefined) session.timers.delete(timer);
    if (child.status.kind !== "done" && child.status.kind !== "faulted") {
      session.live -= 1;
      machine.live -= 1;
    }
    endWait(machine, child);
    machine.queue.remove(child);
    removeCoroutine(machine, child);
  }
  parent.children = [];
  return steps;
};
