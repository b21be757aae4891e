import { expect, test } from "vitest";
import { createSessionLog, PAGE } from "./session-log.ts";
import { entry } from "./test-session.ts";

const served = (head: number) => {
  const asked: number[] = [];
  const log = createSessionLog(async (from, limit) => {
    asked.push(from);
    const items = Array.from({ length: Math.max(0, Math.min(limit, head + 1 - from)) }, (_, i) =>
      entry(from + i),
    );
    return { items, head };
  });
  return { log, asked };
};

test("loads only the pages that somebody looks at, each once", async () => {
  const { log, asked } = served(50_000);
  await Promise.all([log.ensure(40_010, 40_050), log.ensure(40_000, 40_060)]);
  await log.ensure(40_020, 40_030);
  expect(asked).toEqual([40_000]);
  expect(log.at(40_055)?.seq).toBe(40_055);
  expect(log.at(39_999)).toBeUndefined();
  expect(log.store.getState().head).toBe(50_000);
});

test("a range over a page's border asks for both pages", async () => {
  const { log, asked } = served(1_000);
  await log.ensure(PAGE - 5, PAGE + 5);
  expect(asked).toEqual([0, PAGE]);
});

test("an entry that arrives twice, live and as an answer, counts once", () => {
  const { log } = served(0);
  log.put([entry(1)]);
  const { version } = log.store.getState();
  log.put([entry(1)]);
  expect(log.store.getState()).toEqual({ head: 1, version });
});

test("the head never goes back when an old page arrives late", () => {
  const { log } = served(0);
  log.put([entry(9)]);
  log.put([entry(3)], 5);
  expect(log.store.getState().head).toBe(9);
});
