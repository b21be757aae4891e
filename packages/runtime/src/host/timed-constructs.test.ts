import type { MachineEvent } from "@parley/wire";
import { describe, expect, test } from "vitest";
import { everyRun, type Run, randomRuns } from "../testing/every-run.ts";
import { timedNames, timedSources } from "../testing/timed-sources.ts";

const eventsOf = async ({ host, last }: Run): Promise<readonly MachineEvent[]> => {
  const log = await host.log(last.id, 0, 10_000);
  if (!log.ok) throw new Error(log.error.kind);
  return log.value.items.flatMap(({ events }) => events as unknown as readonly MachineEvent[]);
};

/** What holds of a run however it went. */
const sound = async (run: Run): Promise<void> => {
  const { last, host } = run;
  const events = await eventsOf(run);
  const how = JSON.stringify(run.inputs);
  expect(
    events.filter(({ kind }) => kind === "faulted"),
    how,
  ).toEqual([]);
  expect(last.status, how).toBe("completed");
  expect(last.edges.flatMap(({ queue }) => queue)).toEqual([]);
  // A timer fires at most once, and never after its scope was left.
  const fired = events.flatMap((event) => (event.kind === "expired" ? [event.timer] : []));
  expect(new Set(fired).size).toBe(fired.length);
  const replayed = await host.replay(last.id);
  expect(replayed, how).toMatchObject({ ok: true, value: { ok: true, findings: [] } });
};

describe.each(timedNames)("%s", (name) => {
  const source = timedSources[name] ?? "";

  test("ends in every outcome, run eagerly", async () => {
    const runs = await everyRun(source, { free: 8, most: 60, runs: 40 }, sound);
    expect(runs).toBeGreaterThan(1);
  });

  test("ends step by step, whenever timers run out", async () => {
    await randomRuns(source, { most: 300, runs: 12 }, sound);
  });
});
