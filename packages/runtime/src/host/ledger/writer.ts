import type { StoredEntry } from "@parley/wire";
import type { HostError } from "../host-error.ts";
import type { LogStore, StoreError, UnitResult } from "../ports.ts";
import { storedEntries, type Unit } from "./unit.ts";

/**
 * Units handed to the store at once. It gathers them into transactions of up
 * to 256 itself (model §1.7); handed over in smaller batches, the first are on
 * disk and answered while others are still being written.
 */
const BATCH_UNITS = 32;

export type WriteOutcome =
  | { readonly ok: true; readonly entries: readonly StoredEntry[] }
  | { readonly ok: false; readonly error: HostError };

/** What a failure of the store is to a caller. */
export const storeFailure = (error: StoreError): HostError => {
  switch (error.kind) {
    case "stale":
      return { code: "PAR7405", kind: "lost-race", stream: error.stream };
    case "full":
      return { code: "PAR7401", kind: "store-full" };
    case "readonly":
      return { code: "PAR7402", kind: "store-readonly" };
    case "locked":
      return { code: "PAR7403", kind: "store-locked" };
    case "failed":
      return { code: "PAR7404", kind: "store-failed", reason: error.reason };
  }
};

const storeErrorKinds = new Set(["stale", "full", "readonly", "locked", "failed"]);

/** What a store threw, as a `StoreError`: anything else it throws is a failure too, never lost. */
export const asStoreError = (cause: unknown): StoreError =>
  cause !== null && typeof cause === "object" && storeErrorKinds.has((cause as { kind?: string }).kind ?? "")
    ? (cause as StoreError)
    : { kind: "failed", reason: String(cause) };

interface Waiting {
  readonly unit: Unit;
  readonly resolve: (outcome: WriteOutcome) => void;
}

/** Hands units to the store in the order they were prepared, without waiting for those before them. */
export interface Writer {
  write(unit: Unit): Promise<WriteOutcome>;
  /** Resolves when nothing is on its way. */
  idle(): Promise<void>;
}

/** A failure that queued units have not been told of yet. */
interface Failure {
  readonly streams: Set<string>;
  readonly error: HostError;
}

/**
 * Writes units in the order they were prepared, which the store keeps. Many
 * batches may be on their way, also of one stream, so that one is written
 * while the answers of another make new work. A unit that fails takes with it
 * every later one that built on its streams, and those streams go back to what
 * is durable; all others stand. Of those on their way the store finds the ones
 * that built on it stale by itself; meanwhile nothing new is handed over.
 */
export const createWriter = (store: LogStore, publish: (entries: readonly StoredEntry[]) => void): Writer => {
  const queue: Waiting[] = [];
  /** Batches on their way. */
  let underWay = 0;
  let scheduled = false;
  let failure: Failure | undefined;
  let whenIdle: (() => void)[] = [];

  const fail = (waiting: Waiting, error: HostError): void => {
    for (const part of waiting.unit.parts) {
      part.revert();
      part.cell.pending -= 1;
    }
    waiting.resolve({ ok: false, error });
  };

  /**
   * Fails all that is still queued and touches a stream that went back, and
   * what touches the streams of those in turn: a stream has one tentative
   * state, so what stands on it goes back as a whole. Nothing of it was
   * written, and each may be tried again.
   */
  const failQueued = (streams: Set<string>, error: HostError): void => {
    const touches = ({ unit }: Waiting) => unit.parts.some((part) => streams.has(part.append.stream));
    for (let next = queue.findIndex(touches); next >= 0; next = queue.findIndex(touches)) {
      const [waiting] = queue.splice(next, 1);
      if (waiting === undefined) return;
      for (const part of waiting.unit.parts) streams.add(part.append.stream);
      fail(waiting, error);
    }
  };

  /** Fails a unit that the store did not take. One that built on another is stale there: its caller is told why the first failed. */
  const failUnit = (waiting: Waiting, cause: StoreError): void => {
    const streams = waiting.unit.parts.map((part) => part.append.stream);
    const own = storeFailure(cause);
    const known = failure ?? { streams: new Set<string>(), error: own };
    const error = streams.some((stream) => known.streams.has(stream)) ? known.error : own;
    for (const stream of streams) known.streams.add(stream);
    failure = known;
    fail(waiting, error);
  };

  const settle = (waiting: Waiting, result: UnitResult & { readonly ok: true }): readonly StoredEntry[] => {
    const entries = waiting.unit.parts.flatMap((part, index) => {
      part.settle();
      part.cell.pending -= 1;
      return storedEntries(part, result.commits[index] ?? []);
    });
    waiting.resolve({ ok: true, entries });
    return entries;
  };

  const writeBatch = async (batch: readonly Waiting[]): Promise<void> => {
    const units = batch.map(({ unit }) => ({
      appends: unit.parts.map((part) => part.append),
      ...(unit.idempotency === undefined ? {} : { idempotency: unit.idempotency }),
      ...(unit.staged === undefined ? {} : { staged: unit.staged }),
    }));
    let results: readonly UnitResult[];
    try {
      results = await store.append(units);
    } catch (cause) {
      const error = asStoreError(cause);
      results = units.map(() => ({ ok: false, error }));
    }
    const published: StoredEntry[] = [];
    batch.forEach((waiting, index) => {
      const result = results[index] ?? { ok: false, error: { kind: "failed", reason: "no answer" } };
      if (result.ok) published.push(...settle(waiting, result));
      else failUnit(waiting, result.error);
    });
    published.sort((a, b) => a.commit - b.commit);
    publish(published);
  };

  const send = async (batch: readonly Waiting[]): Promise<void> => {
    underWay += 1;
    await writeBatch(batch);
    underWay -= 1;
    schedule();
  };

  const pump = (): void => {
    scheduled = false;
    // What is queued may stand on a batch still on its way; it is failed once all of them are answered.
    if (failure !== undefined) {
      if (underWay > 0) return;
      const { streams, error } = failure;
      failure = undefined;
      failQueued(streams, error);
    }
    while (queue.length > 0) void send(queue.splice(0, BATCH_UNITS));
    if (queue.length + underWay > 0) return;
    for (const resolve of whenIdle) resolve();
    whenIdle = [];
  };

  /** Waits for the present command to end, so that what it writes together goes out together. */
  const schedule = (): void => {
    if (scheduled) return;
    scheduled = true;
    void Promise.resolve().then(pump);
  };

  return {
    write: (unit) =>
      new Promise((resolve) => {
        for (const part of unit.parts) part.cell.pending += 1;
        queue.push({ unit, resolve });
        schedule();
      }),
    idle: () =>
      new Promise((resolve) => {
        whenIdle.push(resolve);
        schedule();
      }),
  };
};
