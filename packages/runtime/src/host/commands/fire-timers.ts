import { nextDeadline } from "../../machine/timers.ts";
import type { HostCore } from "../core.ts";
import { noteDeadline } from "../ledger/deadline-index.ts";
import type { WriteOutcome } from "../ledger/writer.ts";
import { fireDue } from "./fire-due.ts";
import { liveSession } from "./inputs.ts";

/** Writes under way before the next session is opened. */
const MAX_WRITES = 256;

interface Due {
  readonly stream: string;
  readonly deadline: number;
}

const later = (a: Due, b: Due): boolean =>
  a.deadline > b.deadline || (a.deadline === b.deadline && a.stream > b.stream);

/** Puts one where it belongs among those that wait, the latest first. */
const insert = (waiting: Due[], one: Due): void => {
  const at = waiting.findIndex((other) => later(one, other));
  waiting.splice(at < 0 ? waiting.length : at, 0, one);
};

const countFired = async (writes: readonly Promise<WriteOutcome>[]): Promise<number> =>
  (await Promise.all(writes)).filter(({ ok }) => ok).length;

/**
 * Fires what is due at `now` in every session on a real clock, in the order of
 * the deadlines, of one deadline by session and timer id (model §2.6); answers
 * how many timers that was. Only sessions with something due are opened.
 */
export const fireTimers = async (core: HostCore, now: number): Promise<number> => {
  const waiting = [...core.deadlines.due(now)].reverse();
  let writes: Promise<WriteOutcome>[] = [];
  let fired = 0;
  for (let next = waiting.pop(); next !== undefined && !core.closing; next = waiting.pop()) {
    const { stream } = next;
    const live = await liveSession(core, stream);
    if (!live.ok) {
      core.deadlines.set(stream, undefined);
      continue;
    }
    const { cell } = live;
    // What the store derived says where to look; the fold says which timers are due.
    noteDeadline(core.deadlines, cell.state);
    const at = Math.max(now, core.clock.now());
    const begun = fireDue(core, live, { now: at, until: waiting.at(-1)?.deadline ?? at });
    writes.push(...begun);
    const deadline = begun.length === 0 ? undefined : nextDeadline(cell.state.machine);
    if (deadline !== undefined && deadline <= now) insert(waiting, { stream, deadline });
    if (writes.length < MAX_WRITES) continue;
    fired += await countFired(writes);
    writes = [];
  }
  return fired + (await countFired(writes));
};
