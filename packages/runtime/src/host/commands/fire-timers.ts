import type { HostCore } from "../core.ts";
import { noteDeadline } from "../ledger/deadline-index.ts";
import { fireDue } from "./fire-due.ts";
import { liveSession } from "./inputs.ts";

/** Fires what is due at `now` in every session on a real clock; answers how many timers that was. */
export const fireTimers = async (core: HostCore, now: number): Promise<number> => {
  let fired = 0;
  for (const stream of core.deadlines.due(now)) {
    if (core.closing) return fired;
    const live = await liveSession(core, stream);
    if (!live.ok) {
      core.deadlines.set(stream, undefined);
      continue;
    }
    const writes = fireDue(core, live.cell, live.context, Math.max(now, core.clock.now()));
    const written = await Promise.all(writes);
    fired += written.filter(({ ok }) => ok).length;
  }
  return fired;
};

/** Finds the deadlines of a store just opened: only sessions of a text that has timeouts are looked at. */
export const indexDeadlines = async (core: HostCore): Promise<void> => {
  const { protocols, sessions } = core.workspace.durable;
  const timed = new Set(
    [...protocols.values()].flatMap(({ versions }) =>
      versions.flatMap(({ version, source }) => (/\btimeout\b/.test(source) ? [version] : [])),
    ),
  );
  for (const { id, version, parent } of sessions.values()) {
    // What-ifs have a manual clock.
    if (parent !== null || !timed.has(version)) continue;
    const loaded = await core.sessions.load(id);
    if (loaded.ok) noteDeadline(core.deadlines, loaded.cell.state);
  }
};
