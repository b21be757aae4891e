import type { GuardVerdict } from "@parley/wire";
import type { Denial } from "./denial.ts";
import { denied, type Guard, readOf, silent } from "./guard.ts";
import { addLeakage, exceededClass, observerClasses } from "./observer-class.ts";

/** LeakageTracker: no observer class learns more than its window allows, the other legs of a broadcast counted in. */
export const LeakageTracker: Guard = (snapshot, { leakage: amount, context, leakedAhead }) => {
  const named = observerClasses.filter((one) => amount[one] > 0);
  const [first] = named;
  if (first === undefined) return silent;
  const state = snapshot.leakage;
  if (state === undefined)
    return denied(snapshot, { code: "PAR7617", kind: "leakage-missing", observer: first }, first);
  const { limits } = state;
  const consumed = leakedAhead === undefined ? state.consumed : addLeakage(state.consumed, leakedAhead);
  const read = readOf(snapshot, "leakage");
  const over = exceededClass(consumed, amount, limits);
  const allowed = named.filter((one) => one !== over);
  const verdicts = allowed.map(
    (one): GuardVerdict => ({
      guard: "leakage",
      allow: true,
      subject: one,
      read,
      before: limits[one] - consumed[one],
      after: limits[one] - consumed[one] - amount[one],
    }),
  );
  if (over === undefined) return { verdicts, effects: [{ kind: "recordLeakage", context, leakage: amount }] };
  const left = limits[over] - consumed[over];
  const denial: Denial = {
    code: "PAR7618",
    kind: "leakage-exceeded",
    observer: over,
    amount: amount[over],
    consumed: consumed[over],
    limit: limits[over],
    ...(state.freeAt === undefined ? {} : { freeAt: state.freeAt }),
  };
  const last = denied(snapshot, denial, over, { before: left, after: left });
  const earlier = verdicts.slice(0, named.indexOf(over));
  return { ...last, verdicts: [...earlier, ...last.verdicts] };
};
