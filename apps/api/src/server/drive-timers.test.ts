import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { driveTimers } from "./drive-timers.ts";

beforeEach(() => void vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "setImmediate", "Date"] }));
afterEach(() => void vi.useRealTimers());

/** A host with deadlines under the test's control. */
const begin = (deadlines: number[]) => {
  const fired: number[] = [];
  const listeners = new Set<() => void>();
  let failing = false;
  const host = {
    nextDeadline: () => deadlines[0],
    fireTimers: async (now: number) => {
      if (failing) throw new Error("disk full");
      let count = 0;
      while ((deadlines[0] ?? Number.POSITIVE_INFINITY) <= now) {
        fired.push(deadlines.shift() as number);
        count += 1;
      }
      return count;
    },
    subscribe: (listener: () => void) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
  vi.setSystemTime(1_000);
  const errors: unknown[] = [];
  const driven = driveTimers(host as never, { now: () => Date.now() }, (cause) => errors.push(cause));
  return {
    fired,
    errors,
    driven,
    listeners,
    fail: (so: boolean) => {
      failing = so;
    },
    entry: () => {
      for (const listener of listeners) listener();
    },
  };
};

test("what passed while nothing ran fires at once, the rest when it is due", async () => {
  const { fired } = begin([400, 900, 1_500, 9_000]);
  await vi.advanceTimersByTimeAsync(0);
  expect(fired).toEqual([400, 900]);
  await vi.advanceTimersByTimeAsync(499);
  expect(fired).toEqual([400, 900]);
  await vi.advanceTimersByTimeAsync(1);
  expect(fired).toEqual([400, 900, 1_500]);
  await vi.advanceTimersByTimeAsync(10_000);
  expect(fired).toEqual([400, 900, 1_500, 9_000]);
});

test("an entry that brings an earlier deadline sets the timer anew", async () => {
  const deadlines = [60_000];
  const { fired, entry } = begin(deadlines);
  await vi.advanceTimersByTimeAsync(0);
  deadlines.unshift(1_200);
  entry();
  await vi.advanceTimersByTimeAsync(300);
  expect(fired).toEqual([1_200]);
});

test("a deadline further away than a timer can wait is not early", async () => {
  const { fired } = begin([4_000_000_000]);
  await vi.advanceTimersByTimeAsync(3_000_000_000);
  expect(fired).toEqual([]);
  await vi.advanceTimersByTimeAsync(1_000_000_000);
  expect(fired).toEqual([4_000_000_000]);
});

test("a failure is told and tried again a second later", async () => {
  const { fired, errors, fail } = begin([1_100]);
  await vi.advanceTimersByTimeAsync(0);
  fail(true);
  await vi.advanceTimersByTimeAsync(500);
  expect(errors).toHaveLength(1);
  fail(false);
  await vi.advanceTimersByTimeAsync(1_000);
  expect(fired).toEqual([1_100]);
});

test("nothing fires once it is stopped", async () => {
  const { fired, driven, listeners } = begin([1_100]);
  await vi.advanceTimersByTimeAsync(0);
  driven.stop();
  await vi.advanceTimersByTimeAsync(5_000);
  expect(fired).toEqual([]);
  expect(listeners.size).toBe(0);
});
