/** Whole numbers from a seed (mulberry32), the same on every machine: for tests that must be repeatable. */
export interface SeededRandom {
  /** A whole number from 0 up to and without `bound`. */
  below(bound: number): number;
}

export const seededRandom = (seed: number): SeededRandom => {
  let state = seed >>> 0;
  return {
    below: (bound) => {
      state = (state + 0x6d2b79f5) >>> 0;
      let mixed = Math.imul(state ^ (state >>> 15), state | 1);
      mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
      return ((mixed ^ (mixed >>> 14)) >>> 0) % bound;
    },
  };
};
