import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { imageOfText, ran } from "../testing/simulated.ts";
import { timedNames, timedSources } from "../testing/timed-sources.ts";

const images = new Map(timedNames.map((name) => [name, imageOfText(timedSources[name] ?? "")]));

describe("timeouts on a slow network", () => {
  it("fire at their deadline in simulated time, and late messages are discarded visibly", () => {
    const image = images.get("nested");
    if (image === undefined) throw new Error("no source");
    const fast = ran(image, { network: { base_latency_ms: 10 } });
    expect(fast).toMatchObject({ outcome: "completed" });
    expect(fast.incidents.filter(({ kind }) => kind === "timer")).toEqual([]);
    const slow = ran(image, { network: { base_latency_ms: "4s" } });
    expect(slow.outcome).toBe("completed");
    const fired = slow.incidents.filter(({ kind }) => kind === "timer");
    expect(fired.length).toBeGreaterThan(0);
    for (const { event, at } of slow.trace)
      if (event.kind === "entered" && event.deadline !== undefined)
        for (const one of slow.incidents)
          if (one.kind === "timer" && one.timer === event.timer)
            expect([one.at, at < one.at]).toEqual([event.deadline, true]);
    expect(slow.trace.some(({ event }) => event.kind === "discarded")).toBe(true);
  });

  it.each(timedNames.filter((name) => name !== "retry"))(
    "%s ends well whatever its latency, as long as each edge keeps its order and loses nothing",
    (name) => {
      const image = images.get(name);
      if (image === undefined) throw new Error("no source");
      fc.assert(
        fc.property(fc.nat(6_000), fc.nat(90), fc.nat(1_000), (latency, percent, seed) => {
          const result = ran(image, {
            seed,
            policy: "random",
            steps: 2_000,
            network: { base_latency_ms: latency, latency_variance: percent / 100, ordered: true },
            properties: { invariants: ["no_faults"], never: ["stuck"] },
          });
          expect(result.violations).toEqual([]);
          expect(result.outcome).toBe("completed");
        }),
        { numRuns: 25 },
      );
    },
  );
});
