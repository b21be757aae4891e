import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { loopSource, shopSource } from "../testing/sample-sources.ts";
import { imageOfText, ran } from "../testing/simulated.ts";
import { deltaDebug } from "./delta-debug.ts";
import { elementsOf, type Failure, failureOf, minimise, withElements } from "./minimise.ts";
import type { RawScenario } from "./raw-scenario.ts";
import { readScenario } from "./read-scenario.ts";

const [loop, shop] = [imageOfText(loopSource), imageOfText(shopSource)];

const world = (seed: bigint): RawScenario => ({
  name: "rough",
  seed,
  steps: 80,
  policy: "random",
  network: { base_latency_ms: 3, latency_variance: 0.4, loss_probability: 0.4, corruption_probability: 0.1 },
  adversaries: [
    { trigger: { random: 0.05 }, action: { type: "crash", role: "A", duration: 9 } },
    {
      action: { type: "timing_disturbance", ticks: 4 },
      budget: { total: 5, mode: "independent", probability: 0.3 },
    },
  ],
  properties: { invariants: ["no_faults"], never: ["stuck", "sent(Again) > 3"], eventually: ["B.done"] },
});

describe("delta debugging", () => {
  it("keeps a part that fails and of which nothing can be left out", () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.nat(30), { maxLength: 20 }), fc.func(fc.boolean()), (items, choose) => {
        const needed = items.filter((item) => choose(item));
        const fails = (some: readonly number[]) => needed.every((item) => some.includes(item));
        expect(deltaDebug(items, fails)).toEqual(needed);
      }),
    );
  });
});

describe("a minimised run", () => {
  it("fails in the same way, without chance, and nothing can be left out of it", () => {
    const fails = ({ property, outcome }: Failure, raw: RawScenario): boolean => {
      const result = ran(loop, { ...raw, expect: { violations: [] } });
      return (
        result.violations.some((violation) => violation.property === property) &&
        (outcome === undefined || result.outcome === outcome)
      );
    };
    let failures = 0;
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 4000n }), (seed) => {
        const raw = world(seed);
        const failure = failureOf(ran(loop, raw));
        const found = minimise(loop, raw);
        if (failure === undefined) {
          expect(found).toEqual({ ok: false, reason: "does-not-fail" });
          return;
        }
        if (!found.ok) throw new Error(found.reason);
        failures += 1;
        const { minimised } = found;
        expect(minimised.concrete).toBe(true);
        expect(ran(loop, minimised.raw).verdict).toEqual({ passed: true, failures: [] });
        expect(fails(failure, minimised.raw)).toBe(true);
        const elements = elementsOf(minimised.raw);
        for (const element of elements) {
          const rest = elements.filter((other) => other !== element);
          expect(fails(failure, withElements(minimised.raw, rest))).toBe(false);
        }
      }),
      // A fixed seed: how many of the worlds fail must not be a matter of luck.
      { numRuns: 30, seed: 1 },
    );
    expect(failures).toBeGreaterThan(6);
  });

  it("of one lost message is that message", () => {
    const raw = {
      name: "lost",
      seed: 3n,
      network: { loss_probability: 1, base_latency_ms: 5 },
      properties: { eventually: ["Shop.done"] },
    };
    const found = minimise(shop, raw);
    expect(found.ok && found.minimised.raw).toEqual({
      name: "lost",
      policy: "first",
      faults: [{ from: "Buyer", to: "Shop", nth: 0, do: "drop" }],
      properties: raw.properties,
      expect: { outcome: "stuck", violations: ["eventually: Shop.done"] },
    });
  });

  it("is cut after the round in which it failed", () => {
    const raw = {
      name: "long",
      steps: 500,
      decide: [{ role: "A", take: "Again" }],
      properties: { never: ["sent(Again) > 1"] },
    };
    const found = minimise(loop, raw);
    if (!found.ok) throw new Error(found.reason);
    const { minimised } = found;
    expect(minimised.result.rounds).toBeLessThan(20);
    expect(minimised.raw.steps).toBe(minimised.result.rounds + 1);
    expect(minimised.elements).toEqual([]);
  });

  it("is as small as its own scenario when nothing random was in it", () => {
    expect(minimise(loop, { name: "calm" })).toEqual({ ok: false, reason: "does-not-fail" });
    expect(minimise(loop, { name: "a b" })).toEqual({ ok: false, reason: "refused" });
    expect(readScenario(withElements({ name: "x" }, [])).ok).toBe(true);
  });
});
