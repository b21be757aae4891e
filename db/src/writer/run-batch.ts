import type { Draft, StoreError, UnitResult } from "@parley/runtime/host";
import type { Connection } from "../store/connect.ts";
import { isConstraint, storeErrorOf } from "../store/store-error-of.ts";
import { type BatchProgress, IDEMPOTENCY_MS, unitApplier } from "./apply-unit.ts";
import { logHeads } from "./log-head.ts";
import type { DraftAnswer, JobAnswer, PackedUnit, WriterJob } from "./writer-message.ts";

export type BatchResult =
  | {
      readonly ok: true;
      readonly answers: readonly JobAnswer[];
      readonly workMs: number;
      readonly commitMs: number;
    }
  | { readonly ok: false; readonly error: StoreError };

/** How much session time passes between two sweeps of old idempotency rows. */
const SWEEP_MS = 10 * 60 * 1000;

const draftWriter = (db: Connection) => {
  const get = db.prepare<[string], Draft>(
    "SELECT protocol, source, revision, at FROM drafts WHERE protocol = ?",
  );
  const put = db.prepare<[string, string, number, number]>(
    `INSERT INTO drafts (protocol, source, revision, at) VALUES (?, ?, ?, ?)
     ON CONFLICT (protocol) DO UPDATE SET source = excluded.source, revision = excluded.revision, at = excluded.at`,
  );
  return (draft: Omit<Draft, "revision">, baseRevision: number): DraftAnswer => {
    const current = get.get(draft.protocol);
    if ((current?.revision ?? 0) !== baseRevision) return { ok: false, current };
    const next: Draft = { ...draft, revision: baseRevision + 1 };
    put.run(next.protocol, next.source, next.revision, next.at);
    return { ok: true, draft: next };
  };
};

/** Thrown by a unit that fails without a savepoint of its own: what it did cannot be undone alone. */
const FAILED_UNIT = Symbol("a unit failed");

/**
 * Runs batches on the writing connection: one transaction, one savepoint per
 * unit (model §1.7). A unit that is stale or breaks a constraint fails alone;
 * a disk that is full, read-only or locked fails the whole batch, and nothing
 * of it happened. Savepoints copy every page a unit touches, and units hardly
 * ever fail: a batch runs without them first, and once more from the beginning
 * with them where a unit fails.
 */
export const batchRunner = (
  db: Connection,
): ((jobs: readonly WriterJob[], buffer: ArrayBuffer) => BatchResult) => {
  const heads = logHeads(db);
  const applyUnit = unitApplier(db, heads);
  const begin = db.prepare("BEGIN IMMEDIATE");
  const commit = db.prepare("COMMIT");
  const rollback = db.prepare("ROLLBACK");
  const save = db.prepare("SAVEPOINT unit");
  const release = db.prepare("RELEASE unit");
  const undo = db.prepare("ROLLBACK TO unit");
  const putSnapshot = db.prepare(
    `INSERT INTO snapshots (stream, seq, semantics, entry_hash, bytes) VALUES (?, ?, ?, ?, ?)
     ON CONFLICT (stream, seq) DO UPDATE SET semantics = excluded.semantics, entry_hash = excluded.entry_hash,
       bytes = excluded.bytes`,
  );
  const dropSnapshots = db.prepare("DELETE FROM snapshots");
  const sweep = db.prepare<[number]>("DELETE FROM idempotency WHERE at < ?");
  const putDraft = draftWriter(db);
  let swept = Number.NEGATIVE_INFINITY;
  let progress: BatchProgress = { lastCommit: 0, heads: new Map() };

  const tryUnit = (unit: PackedUnit, buffer: ArrayBuffer): UnitResult => {
    let result: UnitResult;
    try {
      result = applyUnit(unit, buffer, progress);
    } catch (cause) {
      if (!isConstraint(cause)) throw cause;
      result = { ok: false, error: storeErrorOf(cause) };
    }
    const at = unit.idempotency?.at;
    if (result.ok && at !== undefined && at > swept + SWEEP_MS) {
      swept = at;
      sweep.run(at - IDEMPOTENCY_MS);
    }
    return result;
  };

  const runAlone = (unit: PackedUnit, buffer: ArrayBuffer): UnitResult => {
    save.run();
    const result = tryUnit(unit, buffer);
    if (!result.ok) undo.run();
    release.run();
    return result;
  };

  const runTogether = (unit: PackedUnit, buffer: ArrayBuffer): UnitResult => {
    const result = tryUnit(unit, buffer);
    if (!result.ok) throw FAILED_UNIT;
    return result;
  };

  const runJob = (job: WriterJob, buffer: ArrayBuffer, run: typeof runAlone): JobAnswer => {
    switch (job.kind) {
      case "append":
        return job.units.map((unit) => run(unit, buffer));
      case "snapshot": {
        const { stream, seq, semantics, entryHash, bytes } = job.snapshot;
        putSnapshot.run(stream, seq, semantics, entryHash, bytes);
        return undefined;
      }
      case "drop-snapshots":
        dropSnapshots.run();
        return undefined;
      case "draft":
        return putDraft(job.draft, job.baseRevision);
    }
  };

  const runJobs = (jobs: readonly WriterJob[], buffer: ArrayBuffer, run: typeof runAlone) => {
    begin.run();
    progress = { lastCommit: heads.lastCommit(), heads: new Map() };
    return jobs.map((job) => runJob(job, buffer, run));
  };

  const runOrRepeat = (jobs: readonly WriterJob[], buffer: ArrayBuffer): readonly JobAnswer[] => {
    const sweptBefore = swept;
    try {
      return runJobs(jobs, buffer, runTogether);
    } catch (cause) {
      if (cause !== FAILED_UNIT) throw cause;
      rollback.run();
      swept = sweptBefore;
      return runJobs(jobs, buffer, runAlone);
    }
  };

  return (jobs, buffer) => {
    const start = performance.now();
    try {
      const answers = runOrRepeat(jobs, buffer);
      const worked = performance.now();
      commit.run();
      const workMs = worked - start;
      const commitMs = performance.now() - worked;
      heads.keep(progress.lastCommit, progress.heads);
      return { ok: true, answers, workMs, commitMs };
    } catch (cause) {
      // SQLite may have rolled back by itself, as it does when the disk is full.
      if (db.inTransaction) rollback.run();
      heads.forget();
      return { ok: false, error: storeErrorOf(cause) };
    }
  };
};
