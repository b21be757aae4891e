import type { ClockPort, RandomPort } from "../host/ports.ts";

/** A clock that stands still until it is moved. */
export interface SimulatedClock extends ClockPort {
  advance(ms: number): void;
}

/** A simulated clock, starting at `at` ms. */
export const simulatedClock = (at = 1_000): SimulatedClock => {
  let now = at;
  return {
    now: () => now,
    advance: (ms) => {
      now += ms;
    },
  };
};

/** Random bytes from a seed: the same seed gives the same bytes in the same order. */
export const seededRandom = (seed = 1): RandomPort => {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return (t ^ (t >>> 14)) & 0xff;
  };
  return { bytes: (count) => Uint8Array.from({ length: count }, next) };
};
