import type { MachineEvent } from "@parley/wire";
import { commit, type RoundOutcome } from "../machine/commit.ts";
import { candidates } from "../machine/pick.ts";
import { type Plan, requestsOf } from "../machine/plan.ts";
import type { Answers } from "../machine/request.ts";
import type { Coroutine, Machine } from "../machine/state.ts";
import { wakeFor, wakes } from "../machine/wake.ts";

/** The coroutine of a role, or of one of its parallel arms. */
export const coroutineOf = (machine: Machine, role: string, path = ""): Coroutine | undefined =>
  [...machine.coroutines.values()].find(
    (one) => machine.image.roles[one.role] === role && (one.endpoint?.path ?? "") === path,
  );

/** One round of this coroutine, whoever the scheduler would have picked; `undefined` where it may not run. */
export const runOne = (
  machine: Machine,
  coroutine: Coroutine,
  answers: (plan: Plan) => Answers,
): RoundOutcome | undefined => {
  const tick = machine.tick + 1;
  const woken = wakes(machine, tick);
  if (!candidates(machine, woken, tick).includes(coroutine)) return undefined;
  const plan: Plan = {
    kind: "run",
    version: machine.version,
    tick,
    coroutine: coroutine.id,
    position: 0,
    woken,
    requests: requestsOf(machine, coroutine, tick),
    wave: true,
  };
  return commit(machine, plan, answers(plan));
};

const told: ReadonlySet<MachineEvent["kind"]> = new Set(["sent", "received", "blocked", "faulted", "halted"]);

/** Runs a role until it has sent, received, waits, faults or ends; `label` is what it decides. Answers that event. */
export const stepRole = (machine: Machine, role: string, label: string): MachineEvent | undefined => {
  wakeFor(machine, role, "");
  for (let rounds = 0; rounds < 100; rounds += 1) {
    const coroutine = coroutineOf(machine, role);
    const outcome =
      coroutine &&
      runOne(machine, coroutine, () => ({ guard: { allow: true }, label, payload: unitPayload }));
    if (outcome === undefined) return undefined;
    const event = outcome.events.find(({ kind }) => told.has(kind));
    if (event !== undefined) return event;
  }
  return undefined;
};

const unitPayload = { kind: "unit" } as const;
