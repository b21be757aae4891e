import type { GuardVerdict } from "@parley/wire";
import { CapGuard } from "./cap-guard.ts";
import type { Denial } from "./denial.ts";
import type { EffectCommand } from "./effect-command.ts";
import { FlowGuard } from "./flow-guard.ts";
import { denied, type Guard } from "./guard.ts";
import type { GuardRequest, GuardSnapshot } from "./guard-snapshot.ts";
import { JournalCoupler } from "./journal-coupler.ts";
import { LeakageTracker } from "./leakage-tracker.ts";

/** What the chain answers: a verdict of every guard asked, and the effects of all when all allow. */
export type GuardOutcome =
  | {
      readonly allow: true;
      readonly verdicts: readonly GuardVerdict[];
      readonly effects: readonly EffectCommand[];
    }
  | {
      readonly allow: false;
      readonly verdicts: readonly GuardVerdict[];
      readonly effects: readonly [];
      /** The first denial; absent when the chain could not decide. */
      readonly denial?: Denial;
      /** The capability the token port did not decide in time: retryable, nothing to record. */
      readonly undecided?: string;
    };

/** The chain, in the order in which it is asked (spec/aura-state.md §12.2). */
const chain: readonly Guard[] = [CapGuard, FlowGuard, JournalCoupler, LeakageTracker];

/**
 * Judges one request: CapGuard, FlowGuard, JournalCoupler, LeakageTracker. The
 * first denial ends the chain and leaves no effects; when all allow, the
 * effects of all, the charge first. Pure: the snapshot is all that is read.
 *
 * @example
 * evaluateGuards({ capabilities: [], flowBudget: { limit: 100, spent: 0, epoch: 0 } }, request).allow // false
 */
export const evaluateGuards = (snapshot: GuardSnapshot, request: GuardRequest): GuardOutcome => {
  const undecided = request.capabilities.find((one) => snapshot.undecided?.includes(one));
  if (undecided !== undefined) return { allow: false, verdicts: [], effects: [], undecided };
  const [malformed] = request.malformed;
  if (malformed !== undefined) {
    const denial: Denial = { code: "PAR7619", kind: "annotation-malformed", ...malformed };
    const { verdicts } = denied(snapshot, denial, `${malformed.key}: ${malformed.value}`);
    return { allow: false, verdicts, effects: [], denial };
  }
  const verdicts: GuardVerdict[] = [];
  const effects: EffectCommand[] = [];
  for (const guard of chain) {
    const saying = guard(snapshot, request);
    verdicts.push(...saying.verdicts);
    if (saying.denial !== undefined) return { allow: false, verdicts, effects: [], denial: saying.denial };
    effects.push(...saying.effects);
  }
  return { allow: true, verdicts, effects };
};
