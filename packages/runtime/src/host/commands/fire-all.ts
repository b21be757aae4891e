import { fireSyncs } from "../authority/fire-syncs.ts";
import { sweepOverdue } from "../ceremonies/end-ceremony.ts";
import { fireCompositions } from "../compositions/composition-host.ts";
import type { HostCore } from "../core.ts";
import { fireTimers } from "./fire-timers.ts";

/** The first deadline there is: of sessions, ceremonies, or what else surrounds them. */
export const firstDeadline = (
  core: Pick<HostCore, "deadlines" | "ceremonyDeadlines" | "serviceDeadlines">,
): number | undefined => {
  const { deadlines, ceremonyDeadlines, serviceDeadlines } = core;
  const firsts = [deadlines, ceremonyDeadlines, serviceDeadlines].flatMap((index) => index.first() ?? []);
  return firsts.length === 0 ? undefined : Math.min(...firsts);
};

/** Fires everything due at `now`: ceremonies that are overdue, timers of sessions, what surrounds them. Answers how many. */
export const fireAll = async (core: HostCore, now: number): Promise<number> => {
  const swept = await sweepOverdue(core, now);
  const timers = await fireTimers(core, now);
  const syncs = await fireSyncs(core, now);
  return swept + timers + syncs + (await fireCompositions(core, now));
};
