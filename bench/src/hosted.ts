import { operator } from "@parley/runtime/host";
import { idleMemory } from "./idle-memory.ts";
import { must, openRings, type RingHost, withRingHost } from "./ring-host.ts";
import { median, rounded } from "./steady.ts";

const ENTRIES = 100_000;
const POSITIONS = 15;

/** Positions all over a long session, most of them far from any snapshot. */
const timeTravel = async ({ host }: RingHost, id: string) => {
  const run = must(await host.run(operator, id, { until: "end", maxEntries: ENTRIES }));
  await host.runEnded(id);
  const { head } = must(await host.log(id, 0, 1));
  const times: number[] = [];
  for (let i = 0; i < POSITIONS; i += 1) {
    const at = Math.floor((head * ((i * 7) % POSITIONS)) / POSITIONS) + i;
    const start = performance.now();
    must(await host.view(id, at));
    times.push(performance.now() - start);
  }
  if (run.id === "" || head < ENTRIES) throw new Error(`the run ended at ${head}`);
  return { entries: head, medianMs: rounded(median(times)), worstMs: rounded(Math.max(...times)) };
};

/** A long session and a full house: any position of 100,000 entries, and what 10,000 idle sessions weigh. */
export const hosted = (sessions = 10_000) =>
  withRingHost(
    async (opened) => {
      const ids = await openRings(opened, sessions);
      return { timeTravel: await timeTravel(opened, ids[0] ?? "") };
    },
    async (measured, folder) => ({ ...measured, idle: await idleMemory(folder) }),
  );
