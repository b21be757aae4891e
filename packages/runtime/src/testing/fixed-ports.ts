import type { ClockPort, RandomPort } from "../host/ports.ts";
import { mulberry32 } from "../machine/mulberry32.ts";

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
    const { state: after, bits } = mulberry32(state);
    state = after;
    return bits & 0xff;
  };
  return { bytes: (count) => Uint8Array.from({ length: count }, next) };
};
