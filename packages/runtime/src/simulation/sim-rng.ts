import { type Fixed, multiply, ONE, roundFixed } from "./fixed.ts";

/**
 * The simulator's generator (spec/simulation.md §2.3): ChaCha with 8 rounds,
 * its key expanded from a 64-bit seed. A value: `seed` and how many 32-bit
 * words were taken, so that a checkpoint keeps two numbers.
 */
export interface Rng {
  readonly seed: bigint;
  readonly words: number;
}

const MASK = (1n << 64n) - 1n;

export const rngOf = (seed: bigint): Rng => ({ seed: seed & MASK, words: 0 });

const rotateLeft = (x: number, by: number): number => ((x << by) | (x >>> (32 - by))) >>> 0;

const keyOf = (seed: bigint): readonly number[] => {
  let state = seed;
  return Array.from({ length: 8 }, () => {
    state = (state * 6364136223846793005n + 11634580027462260723n) & MASK;
    const mixed = Number((((state >> 18n) ^ state) >> 27n) & 0xffffffffn);
    const rotation = Number(state >> 59n);
    return rotation === 0 ? mixed : rotateLeft(mixed, 32 - rotation);
  });
};

const quarter = (s: Uint32Array, a: number, b: number, c: number, d: number): void => {
  const at = (i: number): number => s[i] as number;
  s[a] = at(a) + at(b);
  s[d] = rotateLeft(at(d) ^ at(a), 16);
  s[c] = at(c) + at(d);
  s[b] = rotateLeft(at(b) ^ at(c), 12);
  s[a] = at(a) + at(b);
  s[d] = rotateLeft(at(d) ^ at(a), 8);
  s[c] = at(c) + at(d);
  s[b] = rotateLeft(at(b) ^ at(c), 7);
};

const columns = [
  [0, 4, 8, 12],
  [1, 5, 9, 13],
  [2, 6, 10, 14],
  [3, 7, 11, 15],
  [0, 5, 10, 15],
  [1, 6, 11, 12],
  [2, 7, 8, 13],
  [3, 4, 9, 14],
] as const;

const CONSTANTS = [0x61707865, 0x3320646e, 0x79622d32, 0x6b206574];

/** One block of 16 words of the key stream. */
const block = (seed: bigint, index: number): Uint32Array => {
  const counter = [index >>> 0, Math.floor(index / 2 ** 32), 0, 0];
  const start = Uint32Array.from([...CONSTANTS, ...keyOf(seed), ...counter]);
  const state = start.slice();
  for (let round = 0; round < 8; round += 2) for (const [a, b, c, d] of columns) quarter(state, a, b, c, d);
  return state.map((word, i) => word + (start[i] as number));
};

/** The next 32-bit word, and the generator after it. */
export const nextWord = (rng: Rng): readonly [number, Rng] => [
  block(rng.seed, Math.floor(rng.words / 16))[rng.words % 16] as number,
  { seed: rng.seed, words: rng.words + 1 },
];

/** A generator of its own, seeded by the next 64 bits, low word first. */
export const fork = (rng: Rng): readonly [Rng, Rng] => {
  const [low, middle] = nextWord(rng);
  const [high, after] = nextWord(middle);
  return [rngOf((BigInt(high) << 32n) | BigInt(low)), after];
};

/** A mutable place of a generator: draws move it on. */
export interface Dice {
  /** Whether something of this probability happens. 0 and 1 draw nothing. */
  chance(probability: Fixed): boolean;
  /** A duration in ticks around `ticks`, by a relative variance. A variance of 0 draws nothing. */
  around(ticks: number, variance: Fixed): number;
  /** A number below `limit`. */
  below(limit: number): number;
}

const NANOS = 1_000_000n;

/** Dice over a generator kept elsewhere. */
export const diceOf = (get: () => Rng, set: (rng: Rng) => void): Dice => {
  const word = (): number => {
    const [found, next] = nextWord(get());
    set(next);
    return found;
  };
  return {
    chance: (probability) => {
      if (probability <= 0n) return false;
      return probability >= ONE || BigInt(word()) < probability;
    },
    around: (ticks, variance) => {
      if (ticks === 0 || variance <= 0n) return ticks;
      const base = BigInt(ticks) * NANOS * ONE;
      const delta = multiply(base, variance);
      const nanos = base + multiply(BigInt(word()) * 2n - ONE, delta);
      if (nanos <= 0n) return 0;
      const rounded = roundFixed(nanos);
      return rounded === 0n ? 0 : Number((rounded + NANOS - 1n) / NANOS);
    },
    below: (limit) => word() % Math.max(1, limit),
  };
};
