import fc from "fast-check";
import { expect, test } from "vitest";
import { addressOf, backFrom, forwardFrom, isPast, placeWords, shownAt, ticksOf } from "./timeline-model.ts";

test("without an address the page follows now, with one it stays", () => {
  expect(shownAt({ at: undefined, head: 34 })).toBe(34);
  expect(isPast({ at: undefined, head: 34 })).toBe(false);
  expect(placeWords({ at: 12, head: 34 })).toBe("Position 12 of 34");
  expect(isPast({ at: 12, head: 34 })).toBe(true);
});

test("the head has no address of its own, and a position that is not there yet shows now", () => {
  expect(addressOf(34, 34)).toBeUndefined();
  expect(addressOf(0, 34)).toBe(0);
  expect(isPast({ at: 99, head: 34 })).toBe(false);
  expect(shownAt({ at: 99, head: 34 })).toBe(34);
});

test("an address of the head stays where it is when the session goes on", () => {
  expect(isPast({ at: 34, head: 34 })).toBe(false);
  expect(isPast({ at: 34, head: 35 })).toBe(true);
});

test("forward in the past moves, at the head it steps; back stops at the start", () => {
  expect(forwardFrom({ at: 12, head: 34 })).toBe(13);
  expect(forwardFrom({ at: undefined, head: 34 })).toBe("step");
  expect(backFrom({ at: 0, head: 34 })).toBe(0);
  expect(backFrom({ at: undefined, head: 34 })).toBe(33);
});

test("ticks cover every position once, in order, and are never many", () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 1_000_000 }), (head) => {
      const ticks = ticksOf(head);
      expect(ticks.length).toBeLessThanOrEqual(160);
      expect(ticks[0]?.from).toBe(0);
      expect(ticks.at(-1)?.to).toBe(head);
      for (const [index, tick] of ticks.entries())
        if (index > 0) expect(tick.from).toBe((ticks[index - 1]?.to ?? 0) + 1);
    }),
  );
});
