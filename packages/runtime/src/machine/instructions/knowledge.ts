import type { Fault, Value } from "@parley/wire";
import type { Instruction } from "../code/instruction.ts";
import { faults } from "../faults.ts";
import { flowHolds } from "../flow-predicate.ts";
import {
  endpointIn,
  faulted,
  gated,
  isFault,
  observe,
  type Round,
  roleName,
  type Step,
  touch,
} from "../round.ts";
import type { KnownFact } from "../state.ts";

type Of<K extends Instruction["kind"]> = Extract<Instruction, { kind: K }>;

const factIn = (value: Value | undefined, word: string): KnownFact | Fault => {
  if (value === undefined) return faults.registers();
  if (value.kind === "prod" && value.left.kind === "endpoint" && value.right.kind === "str")
    return { sid: value.left.sid, role: value.left.role, fact: value.right.value };
  return faults.transfer(`${word} expects (endpoint, string) fact`);
};

const isFact = (value: KnownFact | Fault): value is KnownFact => "fact" in value;

/** Remembers a fact about an endpoint. */
export const tag = (round: Round, instruction: Of<"tag">): Step => {
  const { machine, coroutine } = round;
  const fact = factIn(coroutine.regs[instruction.fact], "tag");
  if (!isFact(fact)) return faulted(fact);
  if (coroutine.regs[instruction.dst] === undefined) return faulted(faults.registers());
  return gated(round, () => {
    coroutine.known.push(fact);
    coroutine.regs[instruction.dst] = { kind: "bool", value: true };
    coroutine.pc += 1;
    touch(machine, coroutine);
    observe(round, "Tagged", {
      session: fact.sid,
      role: roleName(machine, coroutine.role),
      fact: fact.fact,
    });
  });
};

const flowAllows = (round: Round, fact: KnownFact, target: string): boolean => {
  const flow = round.machine.config.flow;
  switch (flow.kind) {
    case "allowAll":
      return true;
    case "denyAll":
      return false;
    case "allowRoles":
      return flow.roles.includes(target);
    case "denyRoles":
      return !flow.roles.includes(target);
    case "predicate":
      return flowHolds(flow.predicate, { fact: fact.fact, role: fact.role, target });
  }
};

/** Whether a known fact may flow to a role; a denial is an answer, not a fault. */
export const check = (round: Round, instruction: Of<"check">): Step => {
  const { machine, coroutine } = round;
  const fact = factIn(coroutine.regs[instruction.knowledge], "check");
  if (!isFact(fact)) return faulted(fact);
  const target = coroutine.regs[instruction.target];
  if (target === undefined || coroutine.regs[instruction.dst] === undefined)
    return faulted(faults.registers());
  if (target.kind !== "str") return faulted(faults.transfer("check expects target role string"));
  const known = coroutine.known.some(
    (item) => item.sid === fact.sid && item.role === fact.role && item.fact === fact.fact,
  );
  const permitted = known && flowAllows(round, fact, target.value);
  return gated(round, () => {
    coroutine.regs[instruction.dst] = { kind: "bool", value: permitted };
    coroutine.pc += 1;
    touch(machine, coroutine);
    observe(round, "Checked", {
      session: fact.sid,
      role: roleName(machine, coroutine.role),
      target: target.value,
      permitted,
    });
  });
};

/** Hands an endpoint to another coroutine of its session; it goes on sending on its own edges (design §6). */
export const transfer = (round: Round, instruction: Of<"transfer">): Step => {
  const { machine, coroutine } = round;
  const value = coroutine.regs[instruction.endpoint];
  const target = coroutine.regs[instruction.target];
  if (value === undefined || target === undefined) return faulted(faults.registers());
  if (value.kind !== "endpoint") return faulted(faults.transfer("transfer expects endpoint register"));
  if (target.kind !== "nat") return faulted(faults.transfer("transfer expects nat target coroutine id"));
  const endpoint = endpointIn(round, instruction.endpoint);
  if (isFault(endpoint)) return faulted(faults.transfer("endpoint not owned"));
  const receiver = machine.coroutines.get(Number(target.value));
  if (receiver === undefined) return faulted(faults.transfer("target coroutine not found"));
  if (receiver.sid !== endpoint.sid || coroutine.sid !== endpoint.sid)
    return faulted(faults.transfer("the target is in another session"));
  return gated(round, () => {
    coroutine.owned.splice(coroutine.owned.indexOf(endpoint), 1);
    receiver.owned.push(endpoint);
    coroutine.pc += 1;
    touch(machine, coroutine);
    touch(machine, receiver);
    observe(round, "Transferred", {
      session: endpoint.sid,
      role: roleName(machine, coroutine.role),
      from: coroutine.id,
      to: receiver.id,
    });
  });
};
