import type { Coroutine, Machine } from "./state.ts";
import { isHeld } from "./wake.ts";

export interface Pick {
  readonly coroutine: Coroutine;
  /** Position in the queue once the woken ones stand at its tail. */
  readonly position: number;
}

const candidate = (
  machine: Machine,
  woken: readonly Coroutine[],
  position: number,
  tick: number,
): Coroutine | undefined => {
  const length = machine.queue.length;
  if (position >= length) return woken[position - length];
  const coroutine = machine.queue.at(position);
  return coroutine === undefined || isHeld(machine, coroutine.role, tick) ? undefined : coroutine;
};

const first = (
  machine: Machine,
  woken: readonly Coroutine[],
  tick: number,
  accepts?: (coroutine: Coroutine) => boolean,
): Pick | undefined => {
  const total = machine.queue.length + woken.length;
  for (let position = 0; position < total; position += 1) {
    const coroutine = candidate(machine, woken, position, tick);
    if (coroutine !== undefined && (accepts === undefined || accepts(coroutine)))
      return { coroutine, position };
  }
  return undefined;
};

const best = (
  machine: Machine,
  woken: readonly Coroutine[],
  tick: number,
  score: (coroutine: Coroutine, position: number) => number,
): Pick | undefined => {
  let winner: Pick | undefined;
  let high = Number.NEGATIVE_INFINITY;
  const total = machine.queue.length + woken.length;
  for (let position = 0; position < total; position += 1) {
    const coroutine = candidate(machine, woken, position, tick);
    if (coroutine === undefined) continue;
    const value = score(coroutine, position);
    if (value > high) {
      high = value;
      winner = { coroutine, position };
    }
  }
  return winner;
};

const hasToken = (coroutine: Coroutine): boolean => coroutine.tokens > 0;

/** Whom the policy picks (spec/machine.md §7.2). Reads only. */
export const pick = (machine: Machine, woken: readonly Coroutine[], tick: number): Pick | undefined => {
  const policy = machine.config.scheduler;
  switch (policy.kind) {
    case "cooperative":
    case "roundRobin":
      return first(machine, woken, tick);
    case "fixed":
      return best(machine, woken, tick, (coroutine) => policy.priorities[coroutine.id] ?? 0);
    case "aging":
      return best(machine, woken, tick, (_, position) => -position);
    case "tokenWeighted": {
      const total = machine.queue.length + woken.length;
      return best(
        machine,
        woken,
        tick,
        (coroutine, position) => (hasToken(coroutine) ? total + 1 : 0) + total - position,
      );
    }
    case "progressAware":
      return first(machine, woken, tick, hasToken) ?? first(machine, woken, tick);
  }
};

/** Everybody who may run, in the order the policy would pick them were nothing to change. Reads only. */
export const candidates = (
  machine: Machine,
  woken: readonly Coroutine[],
  tick: number,
): readonly Coroutine[] => {
  const policy = machine.config.scheduler;
  const total = machine.queue.length + woken.length;
  const queued: Coroutine[] = [];
  for (let position = 0; position < total; position += 1) {
    const coroutine = candidate(machine, woken, position, tick);
    if (coroutine !== undefined) queued.push(coroutine);
  }
  switch (policy.kind) {
    case "cooperative":
    case "roundRobin":
    case "aging":
      return queued;
    case "fixed":
      return queued.sort((a, b) => (policy.priorities[b.id] ?? 0) - (policy.priorities[a.id] ?? 0));
    case "tokenWeighted":
    case "progressAware":
      return queued.sort((a, b) => Number(hasToken(b)) - Number(hasToken(a)));
  }
};
