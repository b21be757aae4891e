import { type LocalType, projectAll, tell } from "@parley/core";
import { arbitraryKernel, kernelRoles } from "@parley/core/testing";
import type { MachineEvent } from "@parley/wire";
import type fc from "fast-check";
import type { CodeImage } from "../machine/code/image.ts";
import { compileImage } from "../machine/code/image.ts";
import { commit } from "../machine/commit.ts";
import { type Plan, plan } from "../machine/plan.ts";
import type { Answers } from "../machine/request.ts";
import type { Machine } from "../machine/state.ts";
import { cancelScope, expireTimer, runningTimers } from "../machine/timers.ts";
import { wakeDenied, wakeFor } from "../machine/wake.ts";

/** A random projectable protocol with deeds, cases and timeouts. */
export interface ScopedImage {
  readonly image: CodeImage;
  readonly locals: ReadonlyMap<string, LocalType>;
}

const imageOf = (locals: Readonly<Record<string, LocalType>>): ScopedImage => {
  const map = new Map(Object.entries(locals));
  return { locals: map, image: compileImage({ version: "", locals: map }) };
};

/** Only protocols in which at least two roles do something and some role is in a scope. */
export const randomScoped: fc.Arbitrary<ScopedImage> = arbitraryKernel()
  .map((kernel) => projectAll({ name: "P", roles: kernelRoles, body: tell(kernel, kernelRoles) }))
  .filter(
    ({ locals, diagnostics }) =>
      diagnostics.length === 0 && Object.values(locals).filter(({ kind }) => kind !== "end").length > 1,
  )
  .map(({ locals }) => imageOf(locals))
  .filter(({ image }) => image.programs.some(({ states }) => states.some(({ kind }) => kind === "scope")));

/** One thing done to a machine. */
export type ScopedMove =
  | { readonly kind: "round"; readonly answers: Answers }
  | { readonly kind: "wake" }
  | { readonly kind: "timer" | "cancel"; readonly id: string };

const paths = (machine: Machine): readonly string[] => [
  ...new Set([...machine.coroutines.values()].map(({ endpoint }) => endpoint?.path ?? "")),
];

const wakeAll = (machine: Machine): void => {
  wakeDenied(machine);
  for (const role of machine.image.roles) for (const path of paths(machine)) wakeFor(machine, role, path);
};

/** Does a move; answers its events. */
export const move = (machine: Machine, one: ScopedMove): readonly MachineEvent[] => {
  switch (one.kind) {
    case "round":
      return commit(machine, plan(machine), one.answers).events;
    case "wake":
      wakeAll(machine);
      return [];
    default: {
      const result = one.kind === "timer" ? expireTimer(machine, 0, one.id) : cancelScope(machine, 0, one.id);
      if (!result.ok) throw new Error(result.error.kind);
      return result.events;
    }
  }
};

const answersOf = (next: Plan, dice: () => number, at: number): Answers => {
  const decision = next.requests.find((request) => request.kind === "decision");
  if (dice() % 7 === 0) return { at };
  const option = decision?.options[dice() % decision.options.length];
  return { at, guard: { allow: true }, ...(option === undefined ? {} : { label: option.label }) };
};

export interface ScopedRun {
  readonly moves: readonly ScopedMove[];
  readonly events: readonly MachineEvent[];
  /** Whether nobody could move though somebody was left, with nothing to answer. */
  readonly stuck: boolean;
}

/** Runs with rounds, answers, timers and cancels rolled from `seeds`, until all have ended or `max` moves were made. */
export const driveScoped = (
  machine: Machine,
  seeds: readonly number[],
  max = 400,
  watch: (machine: Machine, one: ScopedMove) => void = () => undefined,
): ScopedRun => {
  let at = 0;
  const dice = (): number => {
    at += 1;
    return seeds[at % seeds.length] ?? 0;
  };
  const moves: ScopedMove[] = [];
  const events: MachineEvent[] = [];
  const make = (one: ScopedMove): void => {
    moves.push(one);
    events.push(...move(machine, one));
    watch(machine, one);
  };
  while (moves.length < max && machine.live > 0) {
    const timers = runningTimers(machine);
    const timer = timers[dice() % Math.max(timers.length, 1)];
    const next = plan(machine);
    const clock =
      timer !== undefined && (dice() % 9 === 0 || (next.kind === "stuck" && machine.asking.size === 0));
    if (timer !== undefined && clock)
      make({ kind: timer.cancellable && dice() % 3 === 0 ? "cancel" : "timer", id: timer.id });
    else if (next.kind !== "stuck") make({ kind: "round", answers: answersOf(next, dice, moves.length) });
    else if (machine.asking.size > 0) make({ kind: "wake" });
    else return { moves, events, stuck: true };
  }
  return { moves, events, stuck: false };
};
