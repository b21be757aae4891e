import type { MachineEvent } from "@parley/wire";
import fc from "fast-check";
import { expect, test } from "vitest";
import { opened } from "../testing/driven-run.ts";
import { driveScoped, move, randomScoped } from "../testing/random-scoped.ts";
import { decodeImage, encodeImage, imageId } from "./code/image.ts";
import { machineHashes } from "./hash.ts";
import { plan } from "./plan.ts";
import { cloneMachine, decodeMachine, encodeMachine } from "./snapshot.ts";

const seeds = fc.array(fc.nat(1000), { minLength: 31, maxLength: 97 });
const runs = { numRuns: 100 };

const of = <K extends MachineEvent["kind"]>(events: readonly MachineEvent[], kind: K) =>
  events.filter((event): event is Extract<MachineEvent, { kind: K }> => event.kind === kind);

test("a projected protocol with scopes never faults or stops, and leaves no frame and no timer behind", () => {
  const seen = { completed: 0, timeouts: 0, told: 0, discarded: 0, laps: 0 };
  fc.assert(
    fc.property(randomScoped, seeds, ({ image }, dice) => {
      const machine = opened(image);
      const { events, stuck } = driveScoped(machine, dice, 600);
      expect(of(events, "faulted")).toEqual([]);
      expect(stuck).toBe(false);
      seen.timeouts += of(events, "left").filter(({ outcome }) => outcome === "timeout").length;
      seen.told += of(events, "left").filter(({ outcome }) => outcome === "told").length;
      seen.discarded += of(events, "discarded").length;
      seen.laps += of(events, "entered").filter(({ lap }) => lap > 0).length;
      if (machine.live > 0) return;
      seen.completed += 1;
      const [session] = machine.sessions.values();
      expect(session?.status.kind).toBe("completed");
      expect(session?.edges.map((edge) => edge.frames.length)).toEqual(session?.edges.map(() => 0));
      expect(session?.timers.size).toBe(0);
    }),
    { numRuns: 250 },
  );
  expect(Math.min(...Object.values(seen))).toBeGreaterThan(10);
});

test("numbers of messages have no gap where frames of a scope were let go of", () => {
  let discarded = 0;
  fc.assert(
    fc.property(randomScoped, seeds, ({ image }, dice) => {
      const { events } = driveScoped(opened(image, { replay: "sequence" }), dice, 300);
      expect(of(events, "faulted")).toEqual([]);
      discarded += of(events, "discarded").length;
    }),
    // Late frames are rare: enough runs to meet many.
    { numRuns: 400 },
  );
  expect(discarded).toBeGreaterThan(10);
});

test("a scope is left by what comes first in the log, and its timer fires once a lap", () => {
  fc.assert(
    fc.property(randomScoped, seeds, ({ image }, dice) => {
      const { events } = driveScoped(opened(image), dice, 400);
      const fired = new Set<string>();
      const running = new Map<string, string>();
      for (const event of events) {
        if (event.kind === "entered" && event.deadline !== undefined) {
          running.set(`${event.role} ${event.scope} ${event.endpoint ?? ""}`, event.timer);
        } else if (event.kind === "expired") {
          expect(fired.has(event.timer)).toBe(false);
          fired.add(event.timer);
        } else if (event.kind === "left" && event.outcome !== "told") {
          const timer = running.get(`${event.role} ${event.scope} ${event.endpoint ?? ""}`) ?? "";
          expect(fired.has(timer)).toBe(event.outcome === "timeout");
        }
      }
    }),
    runs,
  );
});

test("the same moves give the same states, in a machine and in one read back from a snapshot", () => {
  fc.assert(
    fc.property(randomScoped, seeds, fc.nat(200), ({ image }, dice, cut) => {
      const live = opened(image);
      const { moves, events } = driveScoped(live, dice, 300);
      let again = opened(image);
      const repeated = moves.flatMap((one, i) => {
        if (i === cut % moves.length) {
          const read = decodeMachine(image, encodeMachine(again));
          if (!read.ok) throw new Error(read.error.kind);
          expect(machineHashes(read.machine)).toEqual(machineHashes(again));
          again = read.machine;
        }
        return move(again, one);
      });
      expect(repeated).toEqual(events);
      expect(machineHashes(again)).toEqual(machineHashes(live));
      expect(machineHashes(cloneMachine(again))).toEqual(machineHashes(live));
      expect(encodeMachine(again)).toEqual(encodeMachine(live));
    }),
    runs,
  );
});

test("a plan changes nothing, and a blocked round the clock and the scheduler only", () => {
  fc.assert(
    fc.property(randomScoped, seeds, ({ image }, dice) => {
      const machine = opened(image);
      let before = machineHashes(machine).protocol;
      driveScoped(machine, dice, 120, (after, one) => {
        const { protocol } = machineHashes(after);
        if (one.kind === "wake") expect(protocol).toBe(before);
        before = protocol;
        const bytes = encodeMachine(after);
        plan(after);
        expect(encodeMachine(after)).toEqual(bytes);
      });
    }),
    { numRuns: 25 },
  );
});

test("an image with scopes is read back as it was written", () => {
  fc.assert(
    fc.property(randomScoped, ({ image }) => {
      const read = decodeImage(encodeImage(image));
      if (!read.ok) throw new Error(read.error.kind);
      expect(read.image).toEqual(image);
      expect(imageId(read.image)).toBe(imageId(image));
    }),
    runs,
  );
});
