import type { AppendUnit, StoreError } from "@parley/runtime/host";
import { packer } from "./pack-units.ts";
import type { WriterClient } from "./writer-client.ts";
import type { JobAnswer, WriterJob } from "./writer-message.ts";

/** A job whose entry bytes are not packed yet. */
export type PendingJob =
  | { readonly kind: "append"; readonly units: readonly AppendUnit[] }
  | Exclude<WriterJob, { readonly kind: "append" }>;

interface Waiting {
  readonly job: PendingJob;
  readonly resolve: (answer: JobAnswer) => void;
  readonly reject: (error: StoreError) => void;
}

/** What the writer has done: for metrics and benchmarks. */
export interface WriterStats {
  readonly batches: number;
  readonly units: number;
  /** Durations of the latest commits in ms (the write and its fsync), oldest first, at most 1,024. */
  readonly commitMs: readonly number[];
}

export interface GroupCommit {
  /** Resolves when the job is durable; rejects with a `StoreError` when its whole batch failed. */
  submit(job: PendingJob): Promise<JobAnswer>;
  /** Resolves when everything submitted so far is answered. */
  idle(): Promise<void>;
  stats(): WriterStats;
}

/** A batch closes at this many units (model §1.7); a single larger job is still one transaction. */
const MAX_UNITS = 256;
/** Batches at the writer: one waiting for the disk, one filling the time it takes to come back. */
const MAX_IN_FLIGHT = 2;
const KEPT_TIMES = 1024;

const weight = (job: PendingJob): number => (job.kind === "append" ? job.units.length : 1);

/**
 * Gathers what was asked while the disk was busy into one transaction. An idle
 * writer gets its batch at the end of the present turn of the event loop, so
 * nobody waits for company: the batch grows only while another is under way.
 */
export const groupCommit = (client: WriterClient): GroupCommit => {
  let queue: Waiting[] = [];
  let inFlight = 0;
  let scheduled = false;
  let batches = 0;
  let units = 0;
  const commitMs: number[] = [];
  let whenIdle: (() => void)[] = [];

  const takeBatch = (): readonly Waiting[] => {
    let size = 0;
    let count = 0;
    for (const { job } of queue) {
      if (count > 0 && size + weight(job) > MAX_UNITS) break;
      size += weight(job);
      count += 1;
    }
    const batch = queue.slice(0, count);
    queue = queue.slice(count);
    return batch;
  };

  const dispatch = async (batch: readonly Waiting[]): Promise<void> => {
    const bytes = packer();
    const jobs = batch.map(
      ({ job }): WriterJob => (job.kind === "append" ? { kind: "append", units: bytes.pack(job.units) } : job),
    );
    const buffer = bytes.take();
    try {
      const answer = await client.send({ kind: "batch", jobs, buffer }, [buffer]);
      if (answer.kind !== "batch") throw new Error(`a batch was answered with ${answer.kind}`);
      batches += 1;
      units += batch.reduce((sum, { job }) => sum + weight(job), 0);
      if (commitMs.push(answer.commitMs) > KEPT_TIMES) commitMs.shift();
      for (const [index, { resolve }] of batch.entries()) resolve(answer.answers[index]);
    } catch (error) {
      for (const { reject } of batch) reject(error as StoreError);
    }
  };

  const pump = (): void => {
    scheduled = false;
    while (queue.length > 0 && (inFlight === 0 || (inFlight < MAX_IN_FLIGHT && queue.length >= MAX_UNITS / 4))) {
      inFlight += 1;
      void dispatch(takeBatch()).then(() => {
        inFlight -= 1;
        schedule();
      });
    }
    if (queue.length === 0 && inFlight === 0) {
      for (const done of whenIdle) done();
      whenIdle = [];
    }
  };

  const schedule = (): void => {
    if (scheduled) return;
    scheduled = true;
    setImmediate(pump);
  };

  return {
    submit: (job) =>
      new Promise((resolve, reject) => {
        queue.push({ job, resolve, reject });
        schedule();
      }),
    idle: () =>
      new Promise((resolve) => {
        whenIdle.push(resolve);
        schedule();
      }),
    stats: () => ({ batches, units, commitMs: [...commitMs] }),
  };
};
