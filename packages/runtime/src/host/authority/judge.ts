import { allotmentOf, budgetView } from "../../guards/budget.ts";
import type { EdgeRequest } from "../../guards/edge-request.ts";
import { evaluateGuards, type GuardOutcome } from "../../guards/evaluate-guards.ts";
import type { GuardSnapshot } from "../../guards/guard-snapshot.ts";
import type { AuthorityState } from "../streams/authority-state.ts";
import { budgetId, pairBudget } from "../streams/budget-records.ts";
import { type ContextState, reachesOwn } from "../streams/context-state.ts";
import { contextLeakage, leakageId, leakageState } from "../streams/leakage-records.ts";
import { frontierVersion, tokenVersion } from "../streams/token-records.ts";
import { type Frontier, frontierId, frontierOf } from "./frontier.ts";

/** One send that asks to go ahead, from one authority's device to another authority. */
export interface SendQuestion {
  readonly context: string;
  readonly device: string;
  readonly peer: string;
  /** Session time, ms. */
  readonly at: number;
  readonly edge: EdgeRequest;
}

/** Everything the guards of one send may know: what the sender's authority and the context say now. */
export const snapshotOf = (
  frontier: Frontier,
  state: AuthorityState,
  groups: Pick<ContextState, "groups">,
  { context, device, peer, at, edge }: SendQuestion,
): GuardSnapshot => {
  const seen = frontierOf(frontier, state, { device, context, capabilities: edge.capabilities, at });
  const pair = pairBudget(state.budgets, context, peer);
  const leaked = contextLeakage(state.leakage, context);
  const devices = state.devices.map(({ id }) => id);
  const { receipt, count, cost, session } = pair.tail;
  return {
    capabilities: seen.admitted,
    refusals: seen.refusals,
    undecided: seen.undecided,
    flowBudget: budgetView(pair.budget),
    allotment: allotmentOf(pair.budget, device, reachesOwn(groups, state.stream, device, devices)),
    ...(count === 0 ? {} : { lastCharge: { receipt, cost, session } }),
    leakage: leakageState(leaked, at),
    versions: {
      capability: seen.versions,
      flow: { [budgetId(context, peer)]: pair.version },
      leakage: { [leakageId(context)]: leaked.version },
    },
    now: at,
  };
};

/** Judges one send: the whole chain, on what the sender's authority says now. */
export const judgeSend = (
  frontier: Frontier,
  state: AuthorityState,
  groups: Pick<ContextState, "groups">,
  question: SendQuestion,
): GuardOutcome => {
  const { context, device, peer, edge } = question;
  const snapshot = snapshotOf(frontier, state, groups, question);
  return evaluateGuards(snapshot, { ...edge, context, authority: state.stream, device, peer });
};

/** The seq of the entry that last changed something the guards of a device read in a context. */
export const versionNow = (
  state: AuthorityState,
  seat: { readonly device: string; readonly context: string },
  id: string,
): number => {
  const { device, context } = seat;
  if (id === frontierId(device)) return frontierVersion(state.tokens, device, context);
  if (id === leakageId(context)) return contextLeakage(state.leakage, context).version;
  const prefix = budgetId(context, "");
  if (id.startsWith(prefix)) return pairBudget(state.budgets, context, id.slice(prefix.length)).version;
  return tokenVersion(state.tokens, id);
};
