import { operator } from "@parley/runtime/host";
import { must, openRings, type RingHost, withRingHost } from "./ring-host.ts";
import { median, rounded } from "./steady.ts";

const ROUNDS = 5;

/** Every session advances `each` times, each time waiting for its answer. */
const drive = ({ host }: RingHost, ids: readonly string[], each: number): Promise<unknown> =>
  Promise.all(
    ids.map(async (id) => {
      for (let i = 0; i < each; i += 1)
        must(await host.inputs(operator, id, { inputs: [{ kind: "advance" }] }));
    }),
  );

/** Durable entries per second with the host in process: every answer is on disk (`synchronous=FULL`) before the next is asked. */
export const durable = (sessions = 200, each = 40) =>
  withRingHost(
    (opened) => measure(opened, sessions, each),
    (measured) => measured,
  );

const measure = async (opened: RingHost, sessions: number, each: number) => {
  const ids = await openRings(opened, sessions);
  const pass = async (): Promise<number> => {
    const start = performance.now();
    await drive(opened, ids, each);
    return (sessions * each * 1000) / (performance.now() - start);
  };
  const cold = await pass();
  const rates: number[] = [];
  for (let i = 0; i < ROUNDS; i += 1) rates.push(await pass());
  return {
    sessions,
    entries: sessions * each * ROUNDS,
    entriesPerSecond: Math.round(median(rates)),
    bestEntriesPerSecond: Math.round(Math.max(...rates)),
    coldEntriesPerSecond: Math.round(cold),
    commitP50Ms: rounded(median(opened.store.stats().commitMs)),
  };
};
