import type { Instruction } from "../code/instruction.ts";
import { faults } from "../faults.ts";
import type { OutputKind } from "../output-predicates.ts";
import { settledOutcome } from "../quiet-choice.ts";
import { faulted, gated, pathOf, type Round, roleName, type Step, touch } from "../round.ts";

const chosen: readonly OutputKind[] = ["choice"];

/** `decide`: which arm of a `case` it is; a value bound before settles it, else an input does. */
export const decide = (round: Round, instruction: Extract<Instruction, { kind: "decide" }>): Step => {
  const { machine, coroutine, answers, events } = round;
  const { endpoint } = coroutine;
  const own = endpoint && machine.linked.programs[endpoint.role]?.linked[endpoint.type]?.own;
  if (endpoint === undefined || own?.kind !== "decide" || endpoint.type !== instruction.state)
    return faulted(faults.type("expected a decision"));
  if (answers.failure !== undefined)
    return faulted(faults.invoke(answers.failure.kind, answers.failure.message));
  const role = roleName(machine, coroutine.role);
  const outcome = settledOutcome(coroutine, own) ?? answers.label;
  if (outcome === undefined)
    return {
      kind: "blocked",
      reason: {
        kind: "decision",
        role,
        step: endpoint.step,
        labels: own.outcomes.map((one) => one.outcome),
      },
    };
  const way = own.outcomes.find((one) => one.outcome === outcome);
  const target = instruction.labels.find((one) => one.label === outcome);
  if (way === undefined || target === undefined) return faulted(faults.label(outcome));
  return gated(
    round,
    () => {
      endpoint.type = way.next;
      endpoint.step += 1;
      coroutine.pc = target.pc;
      touch(machine, coroutine);
      const { tick } = machine;
      const { scope } = own;
      events.push({
        kind: "decided",
        tick,
        coroutine: coroutine.id,
        role,
        scope,
        outcome,
        ...pathOf(endpoint),
      });
    },
    chosen,
  );
};
