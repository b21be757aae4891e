import type { HostCore } from "../core.ts";
import type { WriteOutcome } from "../ledger/writer.ts";
import { isSpent } from "../session/session-budget.ts";
import { dueTimers, isRunning, timerActor } from "../session/session-timers.ts";
import { type Live, sessionUnit } from "./session-unit.ts";

/**
 * Fires the overdue timers of a session on a real clock, each as a command of
 * its own, before anything else is asked of it (model §2.6); only those whose
 * deadline is not after `until`, and none once timers alone have kept the
 * session going for as long as they may. The state has moved on when this returns; the
 * writes are under way.
 */
export const fireDue = (
  core: HostCore,
  live: Live,
  time: { readonly now: number; readonly until?: number } = { now: core.clock.now() },
): readonly Promise<WriteOutcome>[] => {
  const { cell } = live;
  const { state } = cell;
  if (!state.machine.linked.timed || state.pin.clock === "manual") return [];
  const { now, until = now } = time;
  const writes: Promise<WriteOutcome>[] = [];
  // Only those due now: one armed anew by another's exit has its own time.
  for (const id of dueTimers(state, until < now ? until : Math.max(state.at, now))) {
    if (isSpent(cell.state)) break;
    if (!isRunning(cell.state, id)) continue;
    const unit = sessionUnit(core, live, [{ kind: "timer", id }], { actor: timerActor(id), now });
    if (unit.ok) writes.push(core.writer.write({ parts: unit.parts }));
  }
  return writes;
};
