import { onTestFinished } from "vitest";
import { type OpenedStore, type OpenStoreOptions, openStore } from "../open-store.ts";
import { describeOpenError } from "../store/store-open-error.ts";

/** Opens a store that the test's end closes; a refusal fails the test with its reason. */
export const openForTest = async (options: OpenStoreOptions): Promise<OpenedStore> => {
  const opened = await openStore(options);
  if (!opened.ok) throw new Error(describeOpenError(opened.error));
  onTestFinished(() => opened.store.close());
  return opened.store;
};
