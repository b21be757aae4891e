import type { Actor } from "@parley/wire";
import { plan } from "../../machine/plan.ts";
import { nextDeadline } from "../../machine/timers.ts";
import { MAX_ROUNDS } from "./rounds.ts";
import type { SessionState } from "./session-state.ts";
import { sessionStatus } from "./session-status.ts";

/** Timers that may fire one after the other in a session that nobody gives an input. */
export const MAX_UNATTENDED = 1_000;

/** Whether timers have kept the session going by themselves for as long as they may. */
export const isSpent = (state: SessionState): boolean => state.unattended >= MAX_UNATTENDED;

/** Counts the entry just applied: by a timer, or by anybody else, who gives a new budget. */
export const countUnattended = (state: SessionState, { kind }: Pick<Actor, "kind">): void => {
  state.unattended = kind === "timer" ? state.unattended + 1 : 0;
};

/**
 * Why a session that could go on stands still (spec: a session that would run
 * for ever stops at its budget). Any input lets it go on with a new budget.
 */
export type BudgetStop =
  /** One entry of an eager session holds no more rounds. */
  | { readonly code: "PAR7019"; readonly kind: "round-budget"; readonly limit: number }
  /** Timers fired so often without an input of anybody that no more are fired. */
  | { readonly code: "PAR7020"; readonly kind: "timer-budget"; readonly limit: number };

/** The budget at which a session stands, if it stands at one. */
export const budgetStop = (state: SessionState): BudgetStop | undefined => {
  const { machine, pin } = state;
  if (sessionStatus(machine) !== "active") return undefined;
  if (pin.drive === "eager" && plan(machine).kind === "run")
    return { code: "PAR7019", kind: "round-budget", limit: MAX_ROUNDS };
  if (pin.clock === "real" && isSpent(state) && nextDeadline(machine) !== undefined)
    return { code: "PAR7020", kind: "timer-budget", limit: MAX_UNATTENDED };
  return undefined;
};
