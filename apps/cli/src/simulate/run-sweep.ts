import { setImmediate } from "node:timers/promises";
import { Worker } from "node:worker_threads";
import { makeRun, type SweepRow, sweepRunAt, sweepSize } from "@parley/runtime/simulation";
import type { LoadedProtocol } from "./load-protocol.ts";
import type { WorkerJob, WorkerPart } from "./worker.ts";

export interface SweepJob extends WorkerJob {
  readonly jobs: number;
  readonly protocol: LoadedProtocol;
  /** Aborted by Ctrl-C: what is done so far is kept. */
  readonly signal: AbortSignal;
  readonly progress: (done: number, all: number) => void;
}

/** Runs per part: small enough to stop soon, large enough that messages cost nothing. */
const PART = 25;

const inline = async (job: SweepJob, all: number): Promise<readonly SweepRow[]> => {
  const rows: SweepRow[] = [];
  for (let index = 0; index < all && !job.signal.aborted; index += 1) {
    rows.push(makeRun(sweepRunAt(job.raw, job.plan, index), job.protocol.imageFor).row);
    if (index % PART === PART - 1) {
      job.progress(rows.length, all);
      await setImmediate();
    }
  }
  return rows;
};

/** One worker at its parts until none is left; the rows go to `done`. */
const workThrough = (
  job: SweepJob,
  next: () => WorkerPart | undefined,
  done: (rows: readonly SweepRow[]) => void,
): Promise<void> =>
  new Promise((resolve, reject) => {
    const { file, raw, plan } = job;
    const workerData: WorkerJob = { file, raw, plan };
    const worker = new Worker(new URL("./worker.ts", import.meta.url), { workerData });
    const stop = (): void => {
      job.signal.removeEventListener("abort", stop);
      void worker.terminate().then(() => resolve());
    };
    const give = (): void => {
      const part = job.signal.aborted ? undefined : next();
      if (part === undefined) stop();
      else worker.postMessage(part);
    };
    job.signal.addEventListener("abort", stop);
    worker.on("message", (rows: readonly SweepRow[]) => {
      done(rows);
      give();
    });
    worker.on("error", reject);
    give();
  });

/** Makes every run of a sweep, in this process or in workers; rows come in any order. */
export const runSweep = async (job: SweepJob): Promise<readonly SweepRow[]> => {
  const all = sweepSize(job.plan);
  const workers = Math.min(job.jobs, Math.ceil(all / PART));
  if (workers <= 1) return inline(job, all);
  const rows: SweepRow[] = [];
  let from = 0;
  const next = (): WorkerPart | undefined => {
    if (from >= all) return undefined;
    const part = { from, to: Math.min(all, from + PART) };
    from = part.to;
    return part;
  };
  const done = (found: readonly SweepRow[]): void => {
    rows.push(...found);
    job.progress(rows.length, all);
  };
  await Promise.all(Array.from({ length: workers }, () => workThrough(job, next, done)));
  return rows;
};
