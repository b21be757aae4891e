import { allotmentOf, budgetView } from "../../guards/budget.ts";
import type { EdgeRequest } from "../../guards/edge-request.ts";
import { evaluateGuards, type GuardOutcome } from "../../guards/evaluate-guards.ts";
import type { GuardSnapshot } from "../../guards/guard-snapshot.ts";
import type { Leg } from "../../guards/leg.ts";
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
  /** Set on the first leg of a broadcast: the later ones, which it answers for as well. */
  readonly later?: readonly LegQuestion[];
}

/** A later leg of a broadcast: the role it goes to, and the authority that sits there. */
export interface LegQuestion {
  readonly edgeId: string;
  readonly to: string;
  readonly peer: string;
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

/** The later legs with what their guards may know: legs to one authority that ask for the same share a snapshot. */
const legsOf = (
  question: SendQuestion,
  snapshotFor: (leg: LegQuestion) => GuardSnapshot,
  authority: string,
): readonly Leg[] => {
  const { context, device, later = [] } = question;
  const taken = new Map<string, GuardSnapshot>();
  return later.map((leg) => {
    const { edgeId, to, peer, edge } = leg;
    const key = JSON.stringify([peer, edge.capabilities]);
    const snapshot = taken.get(key) ?? snapshotFor(leg);
    taken.set(key, snapshot);
    return { edgeId, to, snapshot, request: { ...edge, context, authority, device, peer } };
  });
};

/** Judges one send, or with the first leg a whole broadcast: the chain, on what the sender's authority says now. */
export const judgeSend = (
  frontier: Frontier,
  state: AuthorityState,
  groups: Pick<ContextState, "groups">,
  question: SendQuestion,
): GuardOutcome => {
  const { context, device, peer, edge } = question;
  const snapshot = snapshotOf(frontier, state, groups, question);
  const authority = state.stream;
  const later = legsOf(
    question,
    (leg) => snapshotOf(frontier, state, groups, { ...question, peer: leg.peer, edge: leg.edge }),
    authority,
  );
  return evaluateGuards(snapshot, { ...edge, context, authority, device, peer }, later);
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
