import { allotmentHeadroom, chargeRefusal } from "./budget.ts";
import { headroom } from "./budget-view.ts";
import type { Denial } from "./denial.ts";
import type { EffectCommand } from "./effect-command.ts";
import { denied, type Guard, readOf, silent } from "./guard.ts";
import type { GuardSnapshot } from "./guard-snapshot.ts";

const flowDenial = (snapshot: GuardSnapshot, need: number): Denial | undefined => {
  const { flowBudget: budget, allotment, lastCharge } = snapshot;
  if (budget === undefined) return { code: "PAR7613", kind: "budget-missing", cost: need };
  const share = allotment ?? {
    device: "",
    allotted: 0,
    spent: 0,
    unallotted: headroom(budget),
    reaches: true,
  };
  const refusal = chargeRefusal(share, budget, need);
  const last = lastCharge === undefined ? {} : { last: lastCharge };
  switch (refusal?.kind) {
    case undefined:
      return undefined;
    case "short":
      return { code: "PAR7614", ...refusal, kind: "budget-short", epoch: budget.epoch, ...last };
    case "allotment-short":
      return { code: "PAR7615", ...refusal, ...last };
    default:
      return { code: "PAR7616", kind: "budget-overflow", spent: budget.spent, cost: need };
  }
};

/** FlowGuard: the cost, and that of other legs of the same broadcast, fits what the device can spend. */
export const FlowGuard: Guard = (snapshot, request) => {
  const { cost, ahead = 0, context, authority, device, peer } = request;
  const need = cost + ahead;
  if (need === 0 && request.operation === undefined) return silent;
  const subject = String(cost);
  const before =
    snapshot.allotment !== undefined
      ? allotmentHeadroom(snapshot.allotment)
      : snapshot.flowBudget && headroom(snapshot.flowBudget);
  const denial = flowDenial(snapshot, need);
  if (denial !== undefined)
    return denied(snapshot, denial, subject, before === undefined ? {} : { before, after: before });
  const charge: EffectCommand = {
    kind: "chargeBudget",
    context,
    authority,
    peer,
    amount: cost,
    ...(device === undefined ? {} : { device }),
  };
  const left = before ?? 0;
  return {
    verdicts: [
      {
        guard: "flow",
        allow: true,
        subject,
        read: readOf(snapshot, "flow"),
        before: left,
        after: left - cost,
      },
    ],
    effects: cost > 0 || request.operation !== undefined ? [charge] : [],
  };
};
