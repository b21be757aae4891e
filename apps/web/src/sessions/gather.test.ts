import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { gather } from "./gather.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test("the first comes at once, a flood in batches, the last is never missed", () => {
  const taken: (readonly number[])[] = [];
  const { add } = gather<number>(80, (items) => taken.push(items));
  for (let i = 0; i < 1000; i += 1) add(i);
  expect(taken).toEqual([[0]]);
  vi.advanceTimersByTime(80);
  expect(taken.map((items) => items.length)).toEqual([1, 999]);
  vi.advanceTimersByTime(1000);
  expect(taken).toHaveLength(2);
  add(1000);
  expect(taken.at(-1)).toEqual([1000]);
});

test("nothing is handed on after it was stopped", () => {
  const taken: unknown[] = [];
  const { add, stop } = gather<number>(80, (items) => taken.push(items));
  add(1);
  add(2);
  stop();
  vi.advanceTimersByTime(1000);
  expect(taken).toHaveLength(1);
});
