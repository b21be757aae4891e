import { encodeCanonical } from "@parley/wire";
import fc from "fast-check";
import { expect, it } from "vitest";
import type { CodeImage } from "../machine/code/image.ts";
import { loopSource, pingSource, shopSource } from "../testing/sample-sources.ts";
import { imageOfText, ran, scenarioOf } from "../testing/simulated.ts";
import { nearestBefore } from "./checkpoint.ts";
import { decodeCheckpoint, encodeCheckpoint } from "./checkpoint-file.ts";
import type { RawScenario } from "./raw-scenario.ts";
import { resumeSimulation } from "./simulate.ts";

const [loop, ping, shop] = [loopSource, pingSource, shopSource].map((text) => imageOfText(text)) as [
  CodeImage,
  CodeImage,
  CodeImage,
];

const world: RawScenario = {
  steps: 60,
  policy: "random",
  checkpoint_interval: 3,
  network: { base_latency_ms: 4, latency_variance: 0.5, reorder_probability: 0.1 },
  adversaries: [
    { trigger: { random: 0.1 }, action: { type: "crash", role: "A", duration: 7 } },
    {
      trigger: { at_tick: 9 },
      action: { type: "timing_disturbance", ticks: 6 },
      budget: { total: 3, mode: "independent", probability: 0.5 },
    },
  ],
  reconfigurations: [
    {
      trigger: { after_step: 2 },
      action: {
        type: "link",
        from: "A",
        to: "B",
        base_latency_ms: 2,
        latency_variance: 0.5,
        loss_probability: 0.1,
      },
    },
  ],
  properties: { invariants: ["send_recv_liveness(0,2)"], always: ["sent < 9"], eventually: ["A.done"] },
};

it("a run resumed from any of its checkpoints goes on exactly as the straight one", () => {
  fc.assert(
    fc.property(fc.bigInt({ min: 0n, max: 500n }), fc.boolean(), fc.nat(), (seed, round, pick) => {
      const image = round ? loop : ping;
      const raw = { ...world, seed };
      const straight = ran(image, raw);
      const at = straight.checkpoints[pick % Math.max(1, straight.checkpoints.length)];
      if (at === undefined) return;
      const stored = decodeCheckpoint(encodeCheckpoint(at));
      if (!stored.ok) throw new Error(stored.error.kind);
      const resumed = resumeSimulation(image, scenarioOf(raw), stored.checkpoint);
      if (!resumed.ok) throw new Error(resumed.error.kind);
      const rest = resumed.simulation.run();
      expect(rest).toMatchObject({
        outcome: straight.outcome,
        rounds: straight.rounds,
        clock: straight.clock,
      });
      const tail = straight.trace.slice(straight.trace.length - rest.trace.length);
      expect(encodeCanonical(rest.trace)).toEqual(encodeCanonical(tail));
      expect(rest.decisions).toEqual(straight.decisions.slice(at.decided));
      expect(rest.violations.map(({ property }) => property)).toEqual(
        straight.violations
          .filter((one) => one.tick > at.tick || one.when === "end")
          .map(({ property }) => property),
      );
    }),
    { numRuns: 60 },
  );
});

it("a stored checkpoint with one byte changed is refused", () => {
  const [checkpoint] = ran(loop, { ...world, seed: 4 }).checkpoints;
  if (checkpoint === undefined) throw new Error("no checkpoint");
  const bytes = encodeCheckpoint(checkpoint);
  fc.assert(
    fc.property(fc.nat(bytes.length - 1), fc.integer({ min: 1, max: 255 }), (at, change) => {
      const broken = bytes.map((byte, i) => (i === at ? byte ^ change : byte));
      expect(decodeCheckpoint(broken).ok).toBe(false);
    }),
  );
  const flipped = bytes.map((byte, i) => (i === Math.floor(bytes.length / 2) ? byte ^ 1 : byte));
  expect(decodeCheckpoint(flipped)).toMatchObject({ ok: false, error: { kind: "integrity-mismatch" } });
});

it("a checkpoint of another protocol is refused, and the nearest is found by tick", () => {
  const { checkpoints } = ran(loop, { ...world, adversaries: [], seed: 4 });
  const [first] = checkpoints;
  if (first === undefined) throw new Error("no checkpoint");
  expect(resumeSimulation(shop, scenarioOf({}), first)).toMatchObject({
    ok: false,
    error: { kind: "other-image" },
  });
  expect(nearestBefore(checkpoints, 5)?.tick).toBe(3);
  expect(nearestBefore(checkpoints, 2)).toBeUndefined();
});
