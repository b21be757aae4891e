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
/** The least that is worth a second transaction while one is under way. */
const MIN_SECOND = 32;
/** Above this, and above what the batch took to carry out, a commit is mostly waiting for the disk: one large batch then beats two that overlap. */
const SLOW_COMMIT_MS = 4;
const KEPT_TIMES = 1024;

const weight = (job: PendingJob): number => (job.kind === "append" ? job.units.length : 1);

/**
 * Gathers what was asked while the disk was busy into one transaction. An idle
 * writer gets its batch at the end of the present turn of the event loop, so
 * nobody waits for company: the batch grows only while another is under way.
 * Under load on a quick disk what is outstanding is split between two batches,
 * so that one is written while the answers of the other make new work.
 */
export const groupCommit = (client: WriterClient): GroupCommit => {
  let queue: Waiting[] = [];
  let inFlight = 0;
  let unitsInFlight = 0;
  let queuedUnits = 0;
  let scheduled = false;
  let batches = 0;
  let units = 0;
  const commitMs: number[] = [];
  let slowDisk = false;
  let whenIdle: (() => void)[] = [];

  /** How many units the next batch may have; 0 when it has to wait. */
  const room = (): number => {
    if (queue.length === 0) return 0;
    if (slowDisk) return inFlight === 0 ? MAX_UNITS : 0;
    const half = Math.min(MAX_UNITS, Math.max(MIN_SECOND, Math.ceil((queuedUnits + unitsInFlight) / 2)));
    return inFlight === 0 || (inFlight === 1 && queuedUnits >= half) ? half : 0;
  };

  const takeBatch = (limit: number): { readonly batch: readonly Waiting[]; readonly size: number } => {
    let size = 0;
    let end = 0;
    for (const { job } of queue) {
      if (end > 0 && size + weight(job) > limit) break;
      size += weight(job);
      end += 1;
    }
    const batch = queue.slice(0, end);
    queue = queue.slice(end);
    queuedUnits -= size;
    return { batch, size };
  };

  const dispatch = async (batch: readonly Waiting[]): Promise<void> => {
    const bytes = packer();
    const jobs = batch.map(
      ({ job }): WriterJob =>
        job.kind === "append" ? { kind: "append", units: bytes.pack(job.units) } : job,
    );
    const buffer = bytes.take();
    try {
      const answer = await client.send({ kind: "batch", jobs, buffer }, [buffer]);
      if (answer.kind !== "batch") throw new Error(`a batch was answered with ${answer.kind}`);
      batches += 1;
      units += batch.reduce((sum, { job }) => sum + weight(job), 0);
      slowDisk = answer.commitMs > Math.max(SLOW_COMMIT_MS, answer.workMs);
      if (commitMs.push(answer.commitMs) > KEPT_TIMES) commitMs.shift();
      for (const [index, { resolve }] of batch.entries()) resolve(answer.answers[index]);
    } catch (error) {
      for (const { reject } of batch) reject(error as StoreError);
    }
  };

  const pump = (): void => {
    scheduled = false;
    for (let limit = room(); limit > 0; limit = room()) {
      const { batch, size } = takeBatch(limit);
      inFlight += 1;
      unitsInFlight += size;
      void dispatch(batch).then(() => {
        inFlight -= 1;
        unitsInFlight -= size;
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
        queuedUnits += weight(job);
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
