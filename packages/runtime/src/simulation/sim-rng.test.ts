import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { scenarioOf } from "../testing/simulated.ts";
import { ONE, parseFixed } from "./fixed.ts";
import { diceOf, fork, nextWord, type Rng, rngOf } from "./sim-rng.ts";
import { startState } from "./sim-state.ts";

const words = (start: Rng, count: number): readonly number[] => {
  let rng = start;
  return Array.from({ length: count }, () => {
    const [word, next] = nextWord(rng);
    rng = next;
    return word;
  });
};

const dice = (seed: bigint) => {
  let rng = rngOf(seed);
  return {
    dice: diceOf(
      () => rng,
      (next) => {
        rng = next;
      },
    ),
    drawn: () => rng.words,
  };
};

describe("the generator", () => {
  it.each([
    [0n, [2811902828, 3045455719, 3134767159, 2001118559], [1053628820, 3132686065, 874585380]],
    [7n, [601310139, 677729076, 781920570, 721508819], [1819633575, 3559074221, 171715874]],
    [42n, [962419617, 2928721845, 628724104, 4081401798], [3643296651, 2549060309, 502099415]],
    [123n, [3878693779, 3665634646, 3565016065, 719761569], [2775820282, 4212483363, 4261159982]],
  ])("gives the reference's words for seed %s, and its three streams", (seed, root, streams) => {
    expect(words(rngOf(seed), 4)).toEqual(root);
    const { rng } = startState(scenarioOf({ seed }), []);
    expect([rng.adversary, rng.reconfiguration, rng.network].map((one) => words(one, 1)[0])).toEqual(streams);
  });

  it("forks with the next two words, low first", () => {
    const [forked, after] = fork(rngOf(42n));
    expect(forked.seed).toBe(12578764544318200737n);
    expect(after.words).toBe(2);
  });

  it("goes on across blocks from its two numbers alone", () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }), fc.nat(100), (seed, at) => {
        expect(words({ seed, words: at }, 3)).toEqual(words(rngOf(seed), at + 3).slice(at));
      }),
      { numRuns: 20 },
    );
  });
});

describe("dice", () => {
  it("draw nothing for what is certain", () => {
    const { dice: d, drawn } = dice(1n);
    expect([d.chance(0n), d.chance(ONE), d.chance(-1n), d.around(5, 0n), d.around(0, ONE)]).toEqual([
      false,
      true,
      false,
      5,
      0,
    ]);
    expect(drawn()).toBe(0);
    d.chance(ONE / 2n);
    expect(drawn()).toBe(1);
  });

  it("spread a duration within its variance, however long it is", () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 1000n }), fc.integer({ min: 1, max: 100_000 }), (seed, ticks) => {
        const found = dice(seed).dice.around(ticks, parseFixed("0.1") ?? 0n);
        expect(found).toBeGreaterThanOrEqual(Math.floor(ticks * 0.9));
        expect(found).toBeLessThanOrEqual(Math.ceil(ticks * 1.1) + 1);
      }),
    );
  });
});
