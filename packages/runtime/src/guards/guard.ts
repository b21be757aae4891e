import type { GuardVerdict } from "@parley/wire";
import { type Denial, denialText, denyingGuard } from "./denial.ts";
import type { EffectCommand } from "./effect-command.ts";
import type { GuardRequest, GuardSnapshot } from "./guard-snapshot.ts";

/** What one guard says: its verdicts, its effects, and a denial that ends the chain. */
export interface GuardSaying {
  readonly verdicts: readonly GuardVerdict[];
  readonly effects: readonly EffectCommand[];
  readonly denial?: Denial;
}

/** A guard of the chain: pure, over the snapshot. */
export type Guard = (snapshot: GuardSnapshot, request: GuardRequest) => GuardSaying;

/** A guard that has nothing to judge. */
export const silent: GuardSaying = { verdicts: [], effects: [] };

/** What a guard of this kind read, by id and version. */
export const readOf = (snapshot: GuardSnapshot, guard: GuardVerdict["guard"]): GuardVerdict["read"] =>
  snapshot.versions?.[guard] ?? {};

/** A denial as the guard it comes from says it. */
export const denied = (
  snapshot: GuardSnapshot,
  denial: Denial,
  subject: string,
  more: Partial<GuardVerdict> = {},
): GuardSaying => {
  const guard = denyingGuard(denial);
  return {
    verdicts: [
      { guard, allow: false, reason: denialText(denial), subject, read: readOf(snapshot, guard), ...more },
    ],
    effects: [],
    denial,
  };
};
