import type { MachineEvent, Value } from "@parley/wire";
import type { CodeImage } from "../machine/code/image.ts";
import { commit, type RoundOutcome } from "../machine/commit.ts";
import type { MachineConfig } from "../machine/config.ts";
import { createMachine, openSession } from "../machine/open.ts";
import { type Plan, plan } from "../machine/plan.ts";
import type { Answers } from "../machine/request.ts";
import type { Machine } from "../machine/state.ts";
import { wakeDenied, wakeFor } from "../machine/wake.ts";

/** One thing done to a machine: a round with its answers, or a wake. */
export type Move = { readonly kind: "round"; readonly answers: Answers } | { readonly kind: "wake" };

export interface Watcher {
  readonly planned?: (machine: Machine, plan: Plan) => void;
  readonly committed?: (machine: Machine, outcome: RoundOutcome) => void;
}

export interface DrivenRun {
  readonly machine: Machine;
  readonly moves: readonly Move[];
  readonly events: readonly MachineEvent[];
}

/** A machine with one open session. */
export const opened = (image: CodeImage, config: Partial<MachineConfig> = {}): Machine => {
  const machine = createMachine(image, config);
  const result = openSession(machine);
  if (!result.ok) throw new Error(result.error.kind);
  return machine;
};

/** Answers to a plan from a stream of numbers: some decisions missing, some guards denied. */
const answersOf = (next: Plan, dice: () => number): Answers => {
  const decision = next.requests.find((request) => request.kind === "decision");
  if (next.requests.length === 0) return {};
  const roll = dice() % 8;
  const payload: Value = { kind: "nat", value: dice() % 100 };
  if (decision === undefined)
    return { guard: roll === 0 ? { allow: false, reason: "no" } : { allow: true }, payload };
  if (roll === 0) return {};
  const option = decision.options[dice() % decision.options.length];
  return { guard: { allow: roll !== 1 }, ...(option === undefined ? {} : { label: option.label }) };
};

const wakeAll = (machine: Machine): void => {
  wakeDenied(machine);
  for (const role of machine.image.roles) for (const path of ["", "0", "1"]) wakeFor(machine, role, path);
};

/** Does one move; answers what came of it. */
export const perform = (machine: Machine, move: Move): RoundOutcome | undefined => {
  if (move.kind === "wake") {
    wakeAll(machine);
    return undefined;
  }
  return commit(machine, plan(machine), move.answers);
};

/** Runs with answers rolled from `seeds`, waking whoever asks when nobody can run; ends when all have, or after `max` moves. */
export const drive = (
  machine: Machine,
  seeds: readonly number[],
  watcher: Watcher = {},
  max = 300,
): DrivenRun => {
  let at = 0;
  const dice = (): number => {
    at += 1;
    return seeds[at % seeds.length] ?? 0;
  };
  const moves: Move[] = [];
  const events: MachineEvent[] = [];
  while (moves.length < max && machine.live > 0) {
    const next = plan(machine);
    watcher.planned?.(machine, next);
    if (next.kind === "stuck") {
      if (machine.asking.size === 0) break;
      moves.push({ kind: "wake" });
      wakeAll(machine);
      continue;
    }
    const answers = answersOf(next, dice);
    moves.push({ kind: "round", answers });
    const outcome = commit(machine, next, answers);
    events.push(...outcome.events);
    watcher.committed?.(machine, outcome);
  }
  return { machine, moves, events };
};
