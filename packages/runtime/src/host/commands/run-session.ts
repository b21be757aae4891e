import type { NextAction, RunRequest } from "@parley/wire/http";
import type { Caller } from "../caller.ts";
import type { HostCore } from "../core.ts";
import { newStops, type Stopped, type Stops } from "../debug/stops.ts";
import { done, type Result, refused } from "../host-error.ts";
import type { WriteOutcome } from "../ledger/writer.ts";
import { newId } from "../new-id.ts";
import { type IdempotencyDraft, runCommand } from "./command.ts";
import { fireDue } from "./fire-due.ts";
import { liveSession } from "./inputs.ts";
import type { RunRecord } from "./run-record.ts";
import { canAdvance, sessionUnit } from "./session-unit.ts";

/** Entries between two pauses of a run: few enough that others are not kept waiting (model §2.3 allows 1,000). */
const UNIT_ENTRIES = 250;
/** Entries of a run when the request names no limit. */
const DEFAULT_ENTRIES = 100_000;

/** What somebody must do before a stopped run can go on, as a sentence. */
export const waitsFor = (next: readonly NextAction[]): string => {
  const seats = next.flatMap((action) =>
    action.kind === "decide"
      ? [`a decision of ${action.seat}`]
      : action.kind === "payload"
        ? [`a payload of ${action.seat}`]
        : action.kind === "timer"
          ? [`a timer of ${action.seat}`]
          : [],
  );
  return seats.length === 0 ? "nothing can run" : `waits for ${seats.join(" and ")}`;
};

/** Notes on a run what stopped it. */
const stopped = (run: RunRecord, by: Stopped | undefined): boolean => {
  if (by === undefined) return false;
  run.reason = "reached";
  run.stopped = by;
  return true;
};

/** One unit of a run: `advance` entries until it stops, the unit is full, or the limit is reached. */
const runUnit = async (
  core: HostCore,
  caller: Caller,
  run: RunRecord,
  asked: {
    readonly stops: Stops;
    readonly left: number;
    readonly row: IdempotencyDraft | undefined;
  },
): Promise<"more" | "stop" | "failed"> => {
  const live = await liveSession(core, run.session);
  if (!live.ok) {
    run.reason = live.error.kind;
    return "failed";
  }
  const { cell } = live;
  const writes: Promise<{ readonly ok: boolean }>[] = [];
  const most = Math.min(UNIT_ENTRIES, asked.left);
  const by = { actor: caller.actor, now: core.clock.now() };
  let verdict: "more" | "stop" = "more";
  let count = 0;
  for (;;) {
    const fired = fireDue(core, live);
    writes.push(...fired);
    if (fired.length > 0 && stopped(run, asked.stops.hit(cell.state, []))) {
      verdict = "stop";
      break;
    }
    if (count >= most || !canAdvance(core, live)) break;
    const unit = sessionUnit(core, live, [{ kind: "advance" }], by);
    if (!unit.ok) {
      run.reason = unit.error.kind;
      verdict = "stop";
      break;
    }
    const row = run.done === 0 && count === 0 ? asked.row : undefined;
    const write = core.writer.write({
      parts: unit.parts,
      ...(row === undefined ? {} : { idempotency: row }),
    });
    if (count === 0) void write.then(run.begun);
    writes.push(write);
    count += 1;
    const entry = unit.parts[0]?.entries[0];
    if (entry !== undefined && stopped(run, asked.stops.hit(cell.state, entry.entry.events))) {
      verdict = "stop";
      break;
    }
  }
  if (count < most && verdict === "more") {
    run.reason = "nothing can run";
    verdict = "stop";
  }
  const written = await Promise.all(writes);
  if (written.some(({ ok }) => !ok)) {
    run.reason = "store-failed";
    return "failed";
  }
  run.done += count;
  return verdict;
};

const drive = async (
  core: HostCore,
  caller: Caller,
  run: RunRecord,
  asked: {
    readonly stops: Stops;
    readonly maxEntries: number | undefined;
    readonly row: IdempotencyDraft | undefined;
  },
): Promise<void> => {
  const { stops, maxEntries = DEFAULT_ENTRIES, row } = asked;
  while (run.state === "running") {
    if (run.cancelled || core.closing) {
      run.state = "cancelled";
      return;
    }
    const left = maxEntries - run.done;
    if (left <= 0) {
      run.reason = "the limit of entries was reached";
      run.state = "done";
      return;
    }
    const step = await runUnit(core, caller, run, { stops, left, row });
    if (step === "failed") run.state = "failed";
    else if (step === "stop") run.state = "done";
    else await core.yield();
  }
};

/** The record of a run that may start now, or why it may not. */
const newRun = async (
  core: HostCore,
  id: string,
  request: RunRequest,
  begun: RunRecord["begun"],
): Promise<Result<{ readonly run: RunRecord; readonly stops: Stops }>> => {
  const live = await liveSession(core, id);
  if (!live.ok) return live;
  void fireDue(core, live);
  const active = core.runs.get(id);
  if (active?.state === "running")
    return refused({ code: "PAR7203", kind: "run-active", session: id, run: active.id });
  if (!canAdvance(core, live)) return refused({ code: "PAR7008", kind: "nothing-runnable", session: id });
  const asked = newStops(live.cell.state, request);
  if (!asked.ok) return asked;
  const run: RunRecord = {
    id: newId(core.random, "run"),
    session: id,
    done: 0,
    state: "running",
    reason: "",
    cancelled: false,
    ended: Promise.resolve(),
    begun,
  };
  // In the same turn as the check: of two requests at once, one finds the other.
  core.runs.set(id, run);
  return done({ run, stops: asked.stops });
};

/**
 * Starts a run: `advance` entries up to the end, what `until` names or a
 * breakpoint. It stops where somebody must act, can be cancelled between two
 * units, and goes on whatever the caller does. Answered once its
 * first entry is durable, which also keeps the answer for a repeated request.
 */
export const startRun = (
  core: HostCore,
  caller: Caller,
  id: string,
  request: RunRequest,
): Promise<Result<{ readonly id: string }>> =>
  runCommand<{ readonly id: string }, { readonly id: string }>(core, caller, {
    name: "run",
    request: [id, request],
    restore: async (receipt) => done(receipt),
    run: async (idempotency) => {
      const first = Promise.withResolvers<WriteOutcome | undefined>();
      const started = await newRun(core, id, request, first.resolve);
      if (!started.ok) return started;
      const { run, stops } = started.value;
      const row = idempotency({ id: run.id });
      run.ended = drive(core, caller, run, { stops, maxEntries: request.maxEntries, row })
        .catch((bug: unknown) => {
          run.state = "failed";
          run.reason = String(bug);
        })
        .finally(() => first.resolve(undefined));
      const written = await first.promise;
      return written?.ok === false ? written : done({ id: run.id });
    },
  });

/** Asks the active run of a session to stop before its next unit. */
export const cancelRun = (core: HostCore, id: string): Result<null> => {
  const run = core.runs.get(id);
  if (run?.state !== "running") return refused({ code: "PAR7001", kind: "not-found", what: "run", id });
  run.cancelled = true;
  return done(null);
};
