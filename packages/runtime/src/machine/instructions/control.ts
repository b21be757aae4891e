import type { Instruction } from "../code/instruction.ts";
import { faults } from "../faults.ts";
import { finishCoroutine } from "../finish.ts";
import { newCoroutine } from "../open.ts";
import type { OutputKind } from "../output-predicates.ts";
import {
  continued,
  faulted,
  gated,
  halted,
  type Round,
  roleName,
  type Step,
  sessionOf,
  touch,
  yielded,
} from "../round.ts";

type Of<K extends Instruction["kind"]> = Extract<Instruction, { kind: K }>;

const stepped: readonly OutputKind[] = ["step"];

const advance = (round: Round): Step => {
  round.coroutine.pc += 1;
  touch(round.machine, round.coroutine);
  return continued;
};

export const jump = (round: Round, instruction: Of<"jump">): Step => {
  round.coroutine.pc = instruction.target;
  touch(round.machine, round.coroutine);
  return continued;
};

export const set = (round: Round, instruction: Of<"set">): Step => {
  if (round.coroutine.regs[instruction.dst] === undefined) return faulted(faults.registers());
  round.coroutine.regs[instruction.dst] = instruction.value;
  return advance(round);
};

export const move = (round: Round, instruction: Of<"move">): Step => {
  const value = round.coroutine.regs[instruction.src];
  if (value === undefined || round.coroutine.regs[instruction.dst] === undefined)
    return faulted(faults.registers());
  round.coroutine.regs[instruction.dst] = value;
  return advance(round);
};

export const yieldNow = (round: Round): Step => {
  advance(round);
  return yielded;
};

/** The reference's step of the role itself; it has no effect on the host (model §2.3). */
export const invoke = (round: Round): Step => {
  const { machine, coroutine, answers } = round;
  if (answers.failure !== undefined)
    return faulted(faults.invoke(answers.failure.kind, answers.failure.message));
  if (answers.blocked) return faulted(faults.invoke("contract_violation", "a step cannot be left open"));
  return gated(
    round,
    () => {
      round.events.push({
        kind: "invoked",
        tick: machine.tick,
        coroutine: coroutine.id,
        role: roleName(machine, coroutine.role),
      });
      advance(round);
    },
    stepped,
  );
};

/** Halting before every owned type has ended is a fault of the role (design §6). */
export const halt = (round: Round): Step => {
  const { machine, coroutine } = round;
  for (const endpoint of coroutine.owned) {
    const state = machine.linked.programs[endpoint.role]?.linked[endpoint.type];
    if (state !== undefined && state.kind !== "end")
      return faulted(faults.type(`halt before the type has ended: it is at ${state.kind}`));
  }
  finishCoroutine(machine, coroutine, machine.tick, round.events);
  return halted;
};

/** A helper of the same role and program, without endpoints of its own. */
export const spawn = (round: Round, instruction: Of<"spawn">): Step => {
  const { machine, coroutine } = round;
  if (machine.coroutines.size >= machine.config.maxCoroutines)
    return faulted(faults.speculation("max coroutines exceeded"));
  const args: typeof coroutine.regs = [];
  for (const register of instruction.args) {
    const value = coroutine.regs[register];
    if (value === undefined) return faulted(faults.registers());
    args.push(value);
  }
  const child = newCoroutine(machine, sessionOf(machine, coroutine.sid), {
    role: coroutine.role,
    endpoint: undefined,
    pc: instruction.target,
    parent: undefined,
  });
  args.slice(0, child.regs.length).forEach((value, i) => {
    child.regs[i] = value;
  });
  return advance(round);
};
