import type { SessionInput } from "@parley/wire";
import { plan } from "../../machine/plan.ts";
import { runningTimers } from "../../machine/timers.ts";
import { holds } from "../../observe/evaluate.ts";
import type { Predicate } from "../../observe/predicate.ts";
import type { Move } from "../../search/branches.ts";
import { applyInput } from "../session/apply-input.ts";
import { checkInput } from "../session/check-input.ts";
import type { Gather } from "../session/gather.ts";
import type { SessionState } from "../session/session-state.ts";
import { dueTimers, isRunning } from "../session/session-timers.ts";

/** Inputs a path may become. */
export const MAX_PATH = 1_000;

/** A path as the inputs of a session that goes it, and whether it gets there. */
export interface PathInputs {
  readonly inputs: readonly SessionInput[];
  readonly confirmed: boolean;
}

/** Goes a path on a session of its own, noting every input that was taken. */
class Walk {
  readonly inputs: SessionInput[] = [];
  private readonly state: SessionState;
  private readonly gather: Gather;
  private readonly goal: Predicate;

  constructor(state: SessionState, gather: Gather, goal: Predicate) {
    this.state = state;
    this.gather = gather;
    this.goal = goal;
  }

  there(): boolean {
    const { machine, counts } = this.state;
    return holds(this.goal, { machine, counts });
  }

  private take(input: SessionInput): number {
    if (this.inputs.length >= MAX_PATH) return 0;
    const at = input.kind === "clock" ? input.at : this.state.at;
    if (checkInput(this.state, input, at) !== undefined) return 0;
    this.inputs.push(input);
    const { rounds } = applyInput(this.state, input, at, this.gather);
    if (input.kind === "clock")
      for (const id of dueTimers(this.state, at))
        if (isRunning(this.state, id)) applyInput(this.state, { kind: "timer", id }, at, this.gather);
    return rounds ?? 0;
  }

  /** At most `most` rounds, entry by entry, until the goal holds or nothing runs. */
  rounds(most: number): void {
    let left = most;
    while (left > 0 && !this.there() && plan(this.state.machine).kind === "run") {
      const ran = this.take({ kind: "advance", max: left });
      if (ran === 0) return;
      left -= ran;
    }
  }

  move(move: Move): void {
    switch (move.kind) {
      case "rounds":
        this.rounds(move.count);
        return;
      case "timer": {
        const timer = runningTimers(this.state.machine).find(({ id }) => id === move.id);
        if (timer !== undefined) this.take({ kind: "clock", at: Math.max(timer.deadline, this.state.at) });
        return;
      }
      case "decide":
      case "payload": {
        const { role, ...rest } = move;
        this.take({ ...rest, seat: role });
      }
    }
  }
}

/** Rounds that may be missing at the end: a session wakes who waits when its answer comes, a search at once. */
const SLACK = 500;

/**
 * A search's path as inputs of a fork. The fork's state is consumed. A fork
 * wakes its roles in another order than a search does, so the inputs are tried
 * as they are made and the answer says whether the goal holds after them.
 */
export const pathInputs = (
  fork: SessionState,
  path: readonly Move[],
  goal: Predicate,
  gather: Gather,
): PathInputs => {
  const walk = new Walk(fork, gather, goal);
  for (const move of path) walk.move(move);
  walk.rounds(SLACK);
  return { inputs: walk.inputs, confirmed: walk.there() };
};
