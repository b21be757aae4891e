import type { GuardVerdict, Leakage } from "@parley/wire";
import type { Allotment } from "./budget.ts";
import type { FlowBudgetView } from "./budget-view.ts";
import type { CapabilityRefusal, DecidingCharge } from "./denial.ts";
import type { EdgeRequest } from "./edge-request.ts";

/** The id and version of everything one guard looks at. */
export type ReadVersions = { readonly [id: string]: number };

/** What may leak in a context, and what has in the present window. */
export interface LeakageState {
  readonly limits: Leakage;
  readonly consumed: Leakage;
  /** When the oldest counted event leaves the window, ms; none when nothing does. */
  readonly freeAt?: number;
}

/**
 * Everything a guard may know when it judges: taken before, never changed by
 * judging. What is absent is not there: a guard that needs it denies.
 *
 * @example { capabilities: [], flowBudget: { limit: 100, spent: 0, epoch: 0 } } // by hand, in a test
 */
export interface GuardSnapshot {
  /** The frontier: capabilities that token and policy admit now, for this device, context and operation. */
  readonly capabilities: readonly string[];
  /** Why others are not admitted, where the token says. */
  readonly refusals?: { readonly [capability: string]: CapabilityRefusal };
  /** Capabilities the token port could not decide in time: no denial, ask again (model §5). */
  readonly undecided?: readonly string[];
  /** Decisions on service operations that need one (`authz:<operation>`). */
  readonly decisions?: { readonly [operation: string]: "allow" | "deny" };
  readonly flowBudget?: FlowBudgetView;
  /** The device's own share; without it the whole budget may be spent. */
  readonly allotment?: Allotment;
  readonly lastCharge?: DecidingCharge;
  readonly leakage?: LeakageState;
  readonly versions?: { readonly [guard in GuardVerdict["guard"]]?: ReadVersions };
  /** Session time, ms; 0 when absent. */
  readonly now?: number;
}

/** One send or service operation that asks to go ahead. */
export interface GuardRequest extends EdgeRequest {
  readonly context: string;
  readonly authority: string;
  readonly device?: string;
  readonly peer: string;
  /** A service operation that needs a decision of its own and notes that it ran; edges have none. */
  readonly operation?: string;
  /** What other legs of the same broadcast charge to the same budget: checked now, charged with them. */
  readonly ahead?: number;
  /** What other legs of the same broadcast tell observers: checked now, recorded with them. */
  readonly leakedAhead?: Leakage;
}
