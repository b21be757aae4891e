import { closeSync, fsyncSync, openSync, rmSync, writeSync } from "node:fs";
import { join } from "node:path";
import { type ChainBuilder, chainBuilder } from "@parley/runtime/testing";
import type { MachineEvent } from "@parley/wire";
import { openStore } from "../open-store.ts";
import { describeOpenError } from "../store/store-open-error.ts";

/** What a run of durable units measured; times in ms. */
export interface DurableMeasure {
  readonly streams: number;
  readonly units: number;
  readonly seconds: number;
  readonly unitsPerSecond: number;
  readonly unitsPerBatch: number;
  /** Median and 99th percentile of one commit as the writer sees it: write and fsync. */
  readonly commitP50: number;
  readonly commitP99: number;
  /** Median and 99th percentile from asking to being answered. */
  readonly answerP50: number;
  readonly answerP99: number;
  /** The longest the event loop of the asking thread stood still. */
  readonly longestStall: number;
  /** Median of a bare 4 KB write and fsync in the same folder. */
  readonly fsyncP50: number;
}

const quantile = (values: readonly number[], share: number): number =>
  [...values].sort((left, right) => left - right)[Math.floor(values.length * share)] ?? 0;

const measureFsync = (folder: string): number => {
  const path = join(folder, "fsync.probe");
  const handle = openSync(path, "w");
  const block = new Uint8Array(4096);
  const times = Array.from({ length: 200 }, () => {
    const before = performance.now();
    writeSync(handle, block);
    fsyncSync(handle);
    return performance.now() - before;
  });
  closeSync(handle);
  rmSync(path);
  return quantile(times, 0.5);
};

const edge = { sid: 0, from: "Client", to: "Server" };
const sent: MachineEvent = {
  kind: "sent",
  tick: 1,
  edge,
  seq: 1,
  label: "SendRequest",
  payload: { kind: "unit" },
  edgeId: "0/send",
};

/** Entries made beforehand, about the size of a step's, so that the run measures the store alone. */
const prepared = (streams: number, each: number) =>
  Array.from({ length: streams }, (_, index) => {
    const log: ChainBuilder = chainBuilder(`session-${index}`, "session");
    return Array.from({ length: each }, () =>
      log.append({ input: { kind: "advance" }, rounds: 2, events: [sent] }),
    );
  });

/** Appends one unit after another to each of many streams at once, each waiting for its answer, with full durability. */
export const measureDurable = async (folder: string, streams = 200, each = 200): Promise<DurableMeasure> => {
  const opened = await openStore({ folder });
  if (!opened.ok) throw new Error(describeOpenError(opened.error));
  const { store } = opened;
  const load = prepared(streams, each);
  const answers: number[] = [];
  let longestStall = 0;
  let last = performance.now();
  const beat = setInterval(() => {
    const now = performance.now();
    longestStall = Math.max(longestStall, now - last);
    last = now;
  }, 1);
  const start = performance.now();
  await Promise.all(
    load.map(async (appends) => {
      for (const append of appends) {
        const before = performance.now();
        const [result] = await store.append([{ appends: [append] }]);
        if (result?.ok !== true) throw new Error(JSON.stringify(result));
        answers.push(performance.now() - before);
      }
    }),
  );
  const seconds = (performance.now() - start) / 1000;
  clearInterval(beat);
  const { batches, units, commitMs } = store.stats();
  await store.close();
  return {
    streams,
    units,
    seconds,
    unitsPerSecond: units / seconds,
    unitsPerBatch: units / batches,
    commitP50: quantile(commitMs, 0.5),
    commitP99: quantile(commitMs, 0.99),
    answerP50: quantile(answers, 0.5),
    answerP99: quantile(answers, 0.99),
    longestStall,
    fsyncP50: measureFsync(folder),
  };
};
