import type { GuardVerdict, LegsChecked } from "@parley/wire";
import { allotmentHeadroom } from "./budget.ts";
import { headroom } from "./budget-view.ts";
import { denialText } from "./denial.ts";
import { type Guard, type GuardSaying, readOf } from "./guard.ts";
import type { GuardRequest, GuardSnapshot } from "./guard-snapshot.ts";
import { addLeakage, noLeakage } from "./observer-class.ts";

/** A leg of a broadcast after its first, with what its own guards may know and are asked. */
export interface Leg {
  readonly edgeId: string;
  /** The role it goes to. */
  readonly to: string;
  readonly snapshot: GuardSnapshot;
  readonly request: GuardRequest;
}

/**
 * The later legs, each asking for what the legs before it take of the same
 * budget and tell the same observers as well: so that what is allowed for each
 * is affordable for all, one after the other.
 */
export const withEarlierLegs = (first: GuardRequest, later: readonly Leg[]): readonly Leg[] => {
  const spent = new Map([[first.peer, first.cost]]);
  let leaked = addLeakage(noLeakage, first.leakage);
  return later.map((leg) => {
    const { request } = leg;
    const ahead = spent.get(request.peer) ?? 0;
    const asked = { ...leg, request: { ...request, ahead, leakedAhead: leaked } };
    spent.set(request.peer, ahead + request.cost);
    leaked = addLeakage(leaked, request.leakage);
    return asked;
  });
};

/** What a guard says to the first leg that it denies; nothing when it allows all. `legs` come from `withEarlierLegs`. */
export const denyingLeg = (
  guard: Guard,
  legs: readonly Leg[],
): (GuardSaying & { readonly edgeId: string }) | undefined => {
  for (const [index, { edgeId, to, snapshot, request }] of legs.entries()) {
    const { denial, verdicts } = guard(snapshot, request);
    const last = verdicts.at(-1);
    if (denial === undefined || last === undefined || denial.kind === "leg-denied") continue;
    const { peer } = request;
    const named = {
      code: "PAR7623",
      kind: "leg-denied",
      leg: index + 2,
      legs: legs.length + 1,
      edgeId,
      to,
      peer,
      denial,
    } as const;
    const verdict: GuardVerdict = { ...last, reason: denialText(named) };
    return { edgeId, verdicts: [verdict], effects: [], denial: named };
  }
  return undefined;
};

const leftOf = ({ allotment, flowBudget }: GuardSnapshot): number =>
  allotment !== undefined
    ? allotmentHeadroom(allotment)
    : flowBudget === undefined
      ? 0
      : headroom(flowBudget);

/** Verdicts that name what the guard read for every leg: it is derived from all of it, and a denial watches all of it. */
export const readByAll = (
  verdicts: readonly GuardVerdict[],
  first: GuardSnapshot,
  later: readonly Leg[],
): readonly GuardVerdict[] =>
  verdicts.map((verdict) => ({
    ...verdict,
    read: Object.assign(
      {},
      ...[first, ...later.map(({ snapshot }) => snapshot)].map((one) => readOf(one, verdict.guard)),
    ) as GuardVerdict["read"],
  }));

/**
 * What is recorded of a broadcast beside the verdicts of its first leg: of the
 * legs that were asked to pay, what they need of each budget.
 */
export const legsChecked = (
  paying: readonly Pick<Leg, "snapshot" | "request">[],
  later: readonly Leg[],
  short: string | undefined,
): LegsChecked => {
  const budgets = new Map<string, { peer: string; legs: number; needs: number; left: number }>();
  for (const { snapshot, request } of paying) {
    const { peer, cost } = request;
    if (cost === 0) continue;
    const known = budgets.get(peer) ?? { peer, legs: 0, needs: 0, left: leftOf(snapshot) };
    budgets.set(peer, { ...known, legs: known.legs + 1, needs: known.needs + cost });
  }
  return {
    count: later.length + 1,
    budgets: [...budgets.values()],
    ...(short === undefined ? {} : { short }),
  };
};
