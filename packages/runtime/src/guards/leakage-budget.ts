import type { Leakage } from "@parley/wire";
import type { LeakageState } from "./guard-snapshot.ts";
import { addLeakage, noLeakage } from "./observer-class.ts";

/** What may leak per window in a context nobody set limits for (spec/aura-state.md §11). */
export const DEFAULT_LEAKAGE: Leakage = { external: 1_000, neighbor: 500, inGroup: 100 };

/** 24 hours, in ms. */
export const LEAKAGE_WINDOW = 86_400_000;

/** Events are counted by the minute; one leaves the window with its whole minute. */
const MINUTE = 60_000;

/**
 * What has leaked from an authority in one context, over a rolling window.
 * Amounts are kept by minute, so a day of it is 1,440 numbers at most.
 */
export interface LeakageBudget {
  readonly limits: Leakage;
  /** ms. */
  readonly window: number;
  /** Minute → what leaked in it. */
  readonly minutes: ReadonlyMap<number, Leakage>;
  /** When it was last reset, ms. */
  readonly resetAt?: number;
}

/** Nothing has leaked yet. */
export const newLeakageBudget = (
  limits: Leakage = DEFAULT_LEAKAGE,
  window: number = LEAKAGE_WINDOW,
): LeakageBudget => ({ limits, window, minutes: new Map() });

/** When a minute no longer counts: as its last moment leaves the window. */
const leavesAt = (minute: number, window: number): number => (minute + 1) * MINUTE + window;

const counted = ({ minutes, window }: LeakageBudget, now: number): readonly [number, Leakage][] =>
  [...minutes].filter(([minute]) => leavesAt(minute, window) > now);

/** What counts against the limits now, and when the oldest of it no longer does. */
export const leakageState = (budget: LeakageBudget, now: number): LeakageState => {
  const live = counted(budget, now);
  const consumed = live.reduce((sum, [, amount]) => addLeakage(sum, amount), noLeakage);
  const oldest = live.reduce((least, [minute]) => Math.min(least, minute), Number.POSITIVE_INFINITY);
  return {
    limits: budget.limits,
    consumed,
    ...(Number.isFinite(oldest) ? { freeAt: leavesAt(oldest, budget.window) } : {}),
  };
};

/** Counts what leaked at `at` (session time, ms) and drops what has left the window. It never refuses: the guard does. */
export const recordLeakage = (budget: LeakageBudget, amount: Leakage, at: number): LeakageBudget => {
  const minutes = new Map(counted(budget, at));
  const minute = Math.floor(at / MINUTE);
  return { ...budget, minutes: minutes.set(minute, addLeakage(minutes.get(minute) ?? noLeakage, amount)) };
};

/** Starts over at `at`: nothing from before counts. */
export const resetLeakage = (budget: LeakageBudget, at: number): LeakageBudget => ({
  ...budget,
  minutes: new Map(),
  resetAt: at,
});

/** Sets the limits; what has leaked still counts. */
export const limitLeakage = (budget: LeakageBudget, limits: Leakage): LeakageBudget => ({
  ...budget,
  limits,
});
