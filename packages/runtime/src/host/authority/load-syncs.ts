import type { HostCore } from "../core.ts";
import { loadContext } from "../ledger/append.ts";

/**
 * After a start: replicas that did not reach each other are tried again by
 * themselves when their time comes. Only a context that was ever parted has
 * such tries; folding one notes them.
 */
export const loadSyncs = async (core: HostCore): Promise<void> => {
  for (const context of await core.store.partedContexts()) await loadContext(core, context);
};
