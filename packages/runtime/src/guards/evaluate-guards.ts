import type { GuardVerdict, LegsChecked } from "@parley/wire";
import { CapGuard } from "./cap-guard.ts";
import type { Denial } from "./denial.ts";
import type { EffectCommand } from "./effect-command.ts";
import { FlowGuard } from "./flow-guard.ts";
import { denied, type Guard, silent } from "./guard.ts";
import type { GuardRequest, GuardSnapshot } from "./guard-snapshot.ts";
import { JournalCoupler } from "./journal-coupler.ts";
import { LeakageTracker } from "./leakage-tracker.ts";
import { denyingLeg, type Leg, legsChecked, readByAll, withEarlierLegs } from "./leg.ts";

/** What the chain answers: a verdict of every guard asked, and the effects of all when all allow. */
export type GuardOutcome =
  | {
      readonly allow: true;
      readonly verdicts: readonly GuardVerdict[];
      readonly effects: readonly EffectCommand[];
      readonly legs?: LegsChecked;
    }
  | {
      readonly allow: false;
      readonly verdicts: readonly GuardVerdict[];
      readonly effects: readonly [];
      /** The first denial; absent when the chain could not decide. */
      readonly denial?: Denial;
      /** The capability the token port did not decide in time: retryable, nothing to record. */
      readonly undecided?: string;
      readonly legs?: LegsChecked;
    };

/** What no guard can read is denied before any is asked. */
const MalformedGuard: Guard = (snapshot, { malformed: [malformed] }) =>
  malformed === undefined
    ? silent
    : denied(
        snapshot,
        { code: "PAR7619", kind: "annotation-malformed", ...malformed },
        `${malformed.key}: ${malformed.value}`,
      );

/** The chain, in the order in which it is asked (spec/aura-state.md §12.2). */
const chain: readonly Guard[] = [MalformedGuard, CapGuard, FlowGuard, JournalCoupler, LeakageTracker];

/** The first capability that the token port did not decide in time. */
const undecidedOf = (asked: readonly Pick<Leg, "snapshot" | "request">[]): string | undefined => {
  for (const { snapshot, request } of asked) {
    const found = request.capabilities.find((one) => snapshot.undecided?.includes(one));
    if (found !== undefined) return found;
  }
  return undefined;
};

/**
 * Judges one request: CapGuard, FlowGuard, JournalCoupler, LeakageTracker. The
 * first denial ends the chain and leaves no effects; when all allow, the
 * effects of all, the charge first. Pure: the snapshot is all that is read.
 *
 * The first leg of a broadcast names the `later` ones: each guard asks them
 * too, after the first, as if all before them had gone out (model §3). One
 * that is denied denies the whole; the effects are those of the first alone,
 * each later leg pays for itself when it is sent.
 *
 * @example
 * evaluateGuards({ capabilities: [], flowBudget: { limit: 100, spent: 0, epoch: 0 } }, request).allow // false
 */
export const evaluateGuards = (
  snapshot: GuardSnapshot,
  request: GuardRequest,
  later: readonly Leg[] = [],
): GuardOutcome => {
  const undecided = undecidedOf([{ snapshot, request }, ...later]);
  if (undecided !== undefined) return { allow: false, verdicts: [], effects: [], undecided };
  const legs = later.length === 0 ? later : withEarlierLegs(request, later);
  const verdicts: GuardVerdict[] = [];
  const effects: EffectCommand[] = [];
  let paid = false;
  const summed = (short?: string): Pick<GuardOutcome, "legs"> =>
    later.length === 0
      ? {}
      : { legs: legsChecked(paid ? [{ snapshot, request }, ...later] : [], legs, short) };
  for (const guard of chain) {
    const own = guard(snapshot, request);
    // What this guard said to the first leg alone is not said when another is denied: it would look paid for.
    const short = own.denial === undefined ? denyingLeg(guard, legs) : undefined;
    const saying = short ?? own;
    paid ||= guard === FlowGuard;
    verdicts.push(...(later.length === 0 ? saying.verdicts : readByAll(saying.verdicts, snapshot, later)));
    const { denial } = saying;
    if (denial !== undefined)
      return { allow: false, verdicts, effects: [], denial, ...summed(short?.edgeId) };
    effects.push(...saying.effects);
  }
  return { allow: true, verdicts, effects, ...summed() };
};
