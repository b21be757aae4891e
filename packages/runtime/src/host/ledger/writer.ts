import type { StoredEntry } from "@parley/wire";
import type { HostError } from "../host-error.ts";
import type { LogStore, StoreError, UnitResult } from "../ports.ts";
import { storedEntries, type Unit } from "./unit.ts";

/** At most this many units in one transaction (model §1.7). */
const BATCH_UNITS = 256;

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

/** Group commit: whatever is asked for while one batch is written becomes the next batch. */
export interface Writer {
  write(unit: Unit): Promise<WriteOutcome>;
  /** Resolves when nothing is on its way. */
  idle(): Promise<void>;
}

/**
 * Writes units in the order they were prepared. A unit that fails takes with
 * it every later one that built on its streams, and those streams go back to
 * what is durable; all others stand.
 */
export const createWriter = (store: LogStore, publish: (entries: readonly StoredEntry[]) => void): Writer => {
  const queue: Waiting[] = [];
  let running: Promise<void> | undefined;

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
    }));
    let results: readonly UnitResult[];
    try {
      results = await store.append(units);
    } catch (cause) {
      const error = asStoreError(cause);
      results = units.map(() => ({ ok: false, error }));
    }
    const broken = new Set<string>();
    const published: StoredEntry[] = [];
    let why: HostError | undefined;
    batch.forEach((waiting, index) => {
      const result = results[index] ?? { ok: false, error: { kind: "failed", reason: "no answer" } };
      if (result.ok) {
        published.push(...settle(waiting, result));
        return;
      }
      // A unit built on one that failed is stale in the store; its caller is told why the first failed.
      const built = waiting.unit.parts.some((part) => broken.has(part.append.stream));
      const error = built && why !== undefined ? why : storeFailure(result.error);
      why ??= error;
      for (const part of waiting.unit.parts) broken.add(part.append.stream);
      fail(waiting, error);
    });
    if (why !== undefined) failQueued(broken, why);
    published.sort((a, b) => a.commit - b.commit);
    publish(published);
  };

  const pump = async (): Promise<void> => {
    // Lets every command of this turn of the event loop join the first batch.
    await Promise.resolve();
    while (queue.length > 0) await writeBatch(queue.splice(0, BATCH_UNITS));
    running = undefined;
  };

  return {
    write: (unit) =>
      new Promise((resolve) => {
        for (const part of unit.parts) part.cell.pending += 1;
        queue.push({ unit, resolve });
        running ??= pump();
      }),
    idle: async () => {
      while (running !== undefined) await running;
    },
  };
};
