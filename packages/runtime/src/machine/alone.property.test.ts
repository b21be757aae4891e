import type { LocalType } from "@parley/core";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { opened } from "../testing/driven-run.ts";
import { actorOf, LocalWalk } from "../testing/local-walk.ts";
import { randomGlobalImage, randomParImage } from "../testing/random-image.ts";
import { randomScoped } from "../testing/random-scoped.ts";
import { logRoles, runAlone } from "../testing/role-log.ts";
import type { CodeImage } from "./code/image.ts";
import type { MachineConfig, SchedulerPolicy } from "./config.ts";

interface Sample {
  readonly image: CodeImage;
  readonly locals: ReadonlyMap<string, LocalType>;
}

const anyImage: fc.Arbitrary<Sample> = fc.oneof(
  { weight: 1, arbitrary: randomGlobalImage },
  { weight: 1, arbitrary: randomParImage },
  { weight: 4, arbitrary: randomScoped },
);
const seeds = fc.array(fc.nat(1000), { minLength: 31, maxLength: 97 });
const scheduler = fc.constantFrom<SchedulerPolicy>(
  { kind: "cooperative" },
  { kind: "aging" },
  { kind: "tokenWeighted" },
  { kind: "progressAware" },
  { kind: "fixed", priorities: { "1": 3, "2": 1 } },
);
const roomy = (policy: SchedulerPolicy): Partial<MachineConfig> => ({
  scheduler: policy,
  buffers: { mode: "fifo", capacity: 1_000, full: { kind: "block" } },
});

const count = (seen: { [what: string]: number }, what: string): void => {
  if (what in seen) seen[what] = (seen[what] ?? 0) + 1;
};

describe("each role on its own, timeouts and parallel arms included (model §6):", () => {
  test("what it does is a word of its local automaton", () => {
    const seen = { timeout: 0, told: 0, joined: 0, decided: 0, performed: 0 };
    fc.assert(
      fc.property(anyImage, seeds, scheduler, ({ image, locals }, dice, policy) => {
        const { events } = logRoles(opened(image, roomy(policy)), dice, 400);
        for (const [role, type] of locals) {
          const walk = new LocalWalk(type);
          for (const event of events)
            if (actorOf(event) === role) expect([event, walk.follow(event)]).toEqual([event, true]);
        }
        for (const event of events) count(seen, event.kind === "left" ? event.outcome : event.kind);
      }),
      { numRuns: 200 },
    );
    expect(Math.min(...Object.values(seen))).toBeGreaterThan(10);
  });

  test("run alone on what came to it, it does the same and sends the same frames", () => {
    const seen = { steps: 0, timers: 0, frames: 0 };
    fc.assert(
      fc.property(anyImage, seeds, scheduler, ({ image }, dice, policy) => {
        const { logs } = logRoles(opened(image, roomy(policy)), dice, 300);
        for (const [role, log] of logs) {
          expect(runAlone(opened(image, roomy(policy)), role, log)).toBeUndefined();
          seen.steps += log.length;
          for (const step of log) {
            if (step.kind === "timer" || step.kind === "cancel") seen.timers += 1;
            if (step.kind === "ran") seen.frames += step.sent.length;
          }
        }
      }),
      { numRuns: 200 },
    );
    expect(Math.min(...Object.values(seen))).toBeGreaterThan(12);
  });

  test("a frame that never came shows: alone, the role does otherwise", () => {
    let missed = 0;
    fc.assert(
      fc.property(randomGlobalImage, seeds, ({ image }, dice) => {
        const { logs, events } = logRoles(opened(image), dice, 300);
        for (const [role, log] of logs) {
          const taken = events.some((event) => event.kind === "received" && event.edge.to === role);
          const first = log.findIndex(({ kind }) => kind === "arrived");
          if (!taken || first < 0) continue;
          expect(
            runAlone(
              opened(image),
              role,
              log.filter((_, i) => i !== first),
            ),
          ).toBeDefined();
          missed += 1;
        }
      }),
      { numRuns: 40 },
    );
    expect(missed).toBeGreaterThan(10);
  });
});
