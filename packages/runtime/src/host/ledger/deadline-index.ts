import type { SessionDeadline } from "@parley/wire";
import { nextDeadline } from "../../machine/timers.ts";
import { isSpent } from "../session/session-budget.ts";
import type { SessionState } from "../session/session-state.ts";

/** The first deadline of each session that has one, and the first of all of them. */
export class DeadlineIndex {
  private readonly deadlines = new Map<string, number>();
  /** Known until a deadline that was the first goes or moves. */
  private earliest: number | undefined;
  private stale = false;

  set(stream: string, deadline: number | undefined): void {
    const before = this.deadlines.get(stream);
    if (before === deadline) return;
    if (before !== undefined && before === this.earliest) this.stale = true;
    if (deadline === undefined) {
      this.deadlines.delete(stream);
      return;
    }
    this.deadlines.set(stream, deadline);
    if (this.earliest === undefined || deadline < this.earliest) this.earliest = deadline;
  }

  /** The first deadline of all, ms. */
  first(): number | undefined {
    if (this.stale) {
      this.stale = false;
      this.earliest = undefined;
      for (const deadline of this.deadlines.values())
        if (this.earliest === undefined || deadline < this.earliest) this.earliest = deadline;
    }
    return this.earliest;
  }

  /** Sessions with a deadline that has come, the earliest first. */
  due(now: number): readonly SessionDeadline[] {
    const due: SessionDeadline[] = [];
    for (const [stream, deadline] of this.deadlines) if (deadline <= now) due.push({ stream, deadline });
    return due.sort((a, b) => a.deadline - b.deadline || (a.stream < b.stream ? -1 : 1));
  }
}

/** Notes the first deadline of a session; a manual clock has none but those a person moves it to. */
export const noteDeadline = (index: DeadlineIndex, state: SessionState): void => {
  if (!state.machine.linked.timed || state.pin.clock === "manual") return;
  index.set(state.stream, isSpent(state) ? undefined : nextDeadline(state.machine));
};
