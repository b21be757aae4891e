import type { Instruction } from "../code/instruction.ts";
import { faults } from "../faults.ts";
import { newCoroutine, removeCoroutine } from "../open.ts";
import { continued, faulted, type Round, roleName, type Step, sessionOf, touch } from "../round.ts";
import { tagsOf } from "../scopes.ts";
import type { Endpoint } from "../state.ts";
import { joinNames } from "./perform.ts";

/**
 * One child coroutine per arm, in arm order: copied registers, own type and
 * counter (model §3). A child counts its steps on from its parent, so that a
 * step number never repeats for one arm, lap after lap.
 */
export const parFork = (round: Round, instruction: Extract<Instruction, { kind: "parFork" }>): Step => {
  const { machine, coroutine } = round;
  const parent = coroutine.endpoint;
  const state = parent && machine.linked.programs[parent.role]?.linked[parent.type];
  if (parent === undefined || state?.kind !== "par") return faulted(faults.type("expected parallel arms"));
  if (machine.coroutines.size + instruction.arms.length > machine.config.maxCoroutines)
    return faulted(faults.speculation("max coroutines exceeded"));
  const session = sessionOf(machine, coroutine.sid);
  coroutine.children = instruction.arms.map((pc, arm) => {
    const endpoint: Endpoint = {
      sid: parent.sid,
      role: parent.role,
      path: parent.path === "" ? String(arm) : `${parent.path}.${arm}`,
      type: state.arms[arm] as number,
      step: parent.step,
    };
    const child = newCoroutine(machine, session, {
      role: coroutine.role,
      endpoint,
      pc,
      parent: coroutine.id,
    });
    coroutine.regs.forEach((value, i) => {
      child.regs[i] = value;
    });
    child.names = coroutine.names;
    child.outer = tagsOf(coroutine);
    return child.id;
  });
  coroutine.pc += 1;
  touch(machine, coroutine);
  round.events.push({
    kind: "forked",
    tick: machine.tick,
    coroutine: coroutine.id,
    role: roleName(machine, coroutine.role),
    children: coroutine.children,
  });
  return continued;
};

/** Waits for all arms, then goes on; the children are gone. */
export const parJoin = (round: Round): Step => {
  const { machine, coroutine } = round;
  const role = roleName(machine, coroutine.role);
  const children = coroutine.children.map((id) => machine.coroutines.get(id));
  if (children.some((child) => child !== undefined && child.status.kind !== "done"))
    return { kind: "blocked", reason: { kind: "join", role } };
  const endpoint = coroutine.endpoint;
  const state = endpoint && machine.linked.programs[endpoint.role]?.linked[endpoint.type];
  if (endpoint === undefined || state?.kind !== "par") return faulted(faults.type("expected parallel arms"));
  let steps = endpoint.step;
  for (const child of children) {
    if (child === undefined) continue;
    steps = Math.max(steps, child.endpoint?.step ?? 0);
    joinNames(coroutine, child);
    removeCoroutine(machine, child);
  }
  endpoint.type = state.next;
  endpoint.step = steps + 1;
  const ids = coroutine.children;
  coroutine.children = [];
  coroutine.pc += 1;
  touch(machine, coroutine);
  round.events.push({ kind: "joined", tick: machine.tick, coroutine: coroutine.id, role, children: ids });
  return continued;
};
