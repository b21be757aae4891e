import type { HostCore } from "../core.ts";
import { syncContext } from "./context-commands.ts";
import { syncOfDeadline } from "./sync-tries.ts";

/** Synchronises pairs of replicas that failed before and are to be tried again at `now`; answers how many. */
export const fireSyncs = async (core: HostCore, now: number): Promise<number> => {
  let fired = 0;
  for (const { stream: name } of core.serviceDeadlines.due(now)) {
    const pair = syncOfDeadline(name);
    if (pair === undefined || core.closing) continue;
    // A try that fails is journaled with its next time; one that cannot be is not tried again by itself.
    core.serviceDeadlines.set(name, undefined);
    await syncContext(core, { actor: { kind: "timer", id: name } }, pair.context, pair);
    fired += 1;
  }
  return fired;
};
