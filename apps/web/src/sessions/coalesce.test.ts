import { expect, test } from "vitest";
import { coalesce } from "./coalesce.ts";

test("asked many times while running, it runs once more, and fails without stopping", async () => {
  const gates: (() => void)[] = [];
  let runs = 0;
  const ask = coalesce(
    () =>
      new Promise((_, fail) => {
        runs += 1;
        gates.push(() => fail(new Error("refused")));
      }),
  );
  ask();
  for (let i = 0; i < 100; i += 1) ask();
  expect(runs).toBe(1);
  gates[0]?.();
  await new Promise<void>((done) => queueMicrotask(() => queueMicrotask(() => queueMicrotask(done))));
  expect(runs).toBe(2);
  gates[1]?.();
  await new Promise<void>((done) => queueMicrotask(() => queueMicrotask(() => queueMicrotask(done))));
  expect(runs).toBe(2);
  ask();
  expect(runs).toBe(3);
});
