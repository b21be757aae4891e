import type { Charge } from "@parley/wire";
import { chargeBudget, spentIn } from "../../guards/budget.ts";
import type { SimulatedCharge } from "../session/denials.ts";
import type { AuthorityState } from "../streams/authority-state.ts";
import { pairBudget } from "../streams/budget-records.ts";

/** The charge of one guarded message, with the place it takes in its pair's chain of receipts. */
export const chargeOf = (
  state: AuthorityState,
  taken: SimulatedCharge,
  where: { readonly context: string; readonly session: string },
): Charge => {
  const { authority, device, peer, cost, leakage, edgeId, label, tick, at } = taken;
  const pair = pairBudget(state.budgets, where.context, peer);
  const charged = chargeBudget(pair.budget, device, cost, true);
  return {
    context: where.context,
    authority,
    device,
    peer,
    epoch: pair.budget.epoch,
    cost,
    nonce: charged.ok ? charged.nonce : spentIn(pair.budget) + cost,
    prev: pair.tail.receipt,
    leakage,
    session: where.session,
    edgeId,
    label,
    tick,
    at,
  };
};
