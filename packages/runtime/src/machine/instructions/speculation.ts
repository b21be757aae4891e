import type { Instruction } from "../code/instruction.ts";
import { faults } from "../faults.ts";
import { faulted, gated, observe, type Round, type Step, touch } from "../round.ts";

/** Speculation is a flag and two events; nothing is kept or restored (spec/machine.md §10.4). */
export const fork = (round: Round, instruction: Extract<Instruction, { kind: "fork" }>): Step => {
  const { machine, coroutine } = round;
  if (!machine.config.speculation) return faulted(faults.speculation("speculation disabled"));
  const ghost = coroutine.regs[instruction.ghost];
  if (ghost === undefined) return faulted(faults.registers());
  if (ghost.kind !== "nat") return faulted(faults.speculation("fork expects nat ghost id"));
  return gated(round, () => {
    coroutine.ghost = Number(ghost.value);
    coroutine.pc += 1;
    touch(machine, coroutine);
    observe(round, "Forked", { session: coroutine.sid, ghost: coroutine.ghost });
  });
};

const settle = (round: Round, word: "join" | "abort", announce: () => void): Step => {
  const { machine, coroutine } = round;
  if (coroutine.ghost === undefined)
    return faulted(faults.speculation(`${word} requires active speculation`));
  return gated(round, () => {
    coroutine.ghost = undefined;
    coroutine.pc += 1;
    touch(machine, coroutine);
    announce();
  });
};

export const join = (round: Round): Step =>
  settle(round, "join", () => observe(round, "Joined", { session: round.coroutine.sid }));

export const abort = (round: Round): Step =>
  settle(round, "abort", () => {
    const session = round.coroutine.sid;
    observe(round, "Aborted", { session });
    observe(round, "SessionTerminal", { session, reason: { Aborted: { reason: "abort instruction" } } });
  });
