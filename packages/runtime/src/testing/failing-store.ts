import type { DraftStore, LogStore, StoreError } from "../host/ports.ts";

/** A store that can be told to fail, to hold back, and to count what is read. */
export interface FailingStore {
  readonly store: LogStore & DraftStore;
  /** The next batches reject with this error until it is cleared. */
  fail(error: StoreError | undefined): void;
  /** The next unit of the next batch fails alone, the others stand. */
  failUnit(error: StoreError): void;
}

/** Wraps a store; what fails never reaches it. */
export const failingStore = (inner: LogStore & DraftStore): FailingStore => {
  let batchError: StoreError | undefined;
  let unitError: StoreError | undefined;
  const store: LogStore & DraftStore = {
    ...inner,
    append: async (units) => {
      if (batchError !== undefined) throw batchError;
      const error = unitError;
      unitError = undefined;
      if (error === undefined) return inner.append(units);
      const rest = await inner.append(units.slice(1));
      return [{ ok: false, error }, ...rest];
    },
  };
  return {
    store,
    fail: (error) => {
      batchError = error;
    },
    failUnit: (error) => {
      unitError = error;
    },
  };
};
