/** A budget as the reference shows it: what may be spent in an epoch, and what was. */
export interface FlowBudgetView {
  readonly limit: number;
  readonly spent: number;
  readonly epoch: number;
}

/** Why a charge against a view cannot be recorded (spec/aura-state.md §10). */
export type ViewError =
  | { readonly kind: "exhausted"; readonly cost: number; readonly remaining: number }
  | { readonly kind: "overflow"; readonly spent: number; readonly cost: number };

/** What is left to spend; never negative. */
export const headroom = ({ limit, spent }: FlowBudgetView): number => Math.max(0, limit - spent);

/**
 * Records a charge against a view, or says why not. The exact remainder may be
 * spent; a sum beyond 2^53 is an overflow.
 *
 * @example chargeView({ limit: 100, spent: 0, epoch: 0 }, 100) // { ok: true, view: { …, spent: 100 } }
 */
export const chargeView = (
  view: FlowBudgetView,
  cost: number,
):
  | { readonly ok: true; readonly view: FlowBudgetView }
  | { readonly ok: false; readonly error: ViewError } => {
  const spent = view.spent + cost;
  if (!Number.isSafeInteger(spent))
    return { ok: false, error: { kind: "overflow", spent: view.spent, cost } };
  return spent > view.limit
    ? { ok: false, error: { kind: "exhausted", cost, remaining: headroom(view) } }
    : { ok: true, view: { ...view, spent } };
};

/**
 * The reference's join of two views: the smaller limit, the larger spent, the
 * later epoch. Commutative, associative, idempotent. It is how a view of two
 * replicas is *shown*; what may be spent is decided on `Budget`, where an epoch
 * has its own account (model §5).
 */
export const joinView = (a: FlowBudgetView, b: FlowBudgetView): FlowBudgetView => ({
  limit: Math.min(a.limit, b.limit),
  spent: Math.max(a.spent, b.spent),
  epoch: Math.max(a.epoch, b.epoch),
});

/** The view in a later epoch, with nothing spent; an earlier or equal epoch changes nothing. */
export const rotateView = (view: FlowBudgetView, epoch: number): FlowBudgetView =>
  epoch > view.epoch ? { ...view, epoch, spent: 0 } : view;
