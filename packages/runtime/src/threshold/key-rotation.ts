import type { GroupKey } from "@parley/wire";
import type { AgreementMode } from "../journal/ceremony-fact.ts";
import { type ThresholdResult, thresholdRefused } from "./threshold-error.ts";

/** The keys of one group by epoch: one signs, one may be prepared and is inert until it is committed (spec/aura-state.md §18). */
export interface GroupKeys {
  readonly active: { readonly epoch: number; readonly group: GroupKey; readonly mode: AgreementMode } | null;
  readonly pending: { readonly epoch: number; readonly group: GroupKey } | null;
  /** Keys that signed before, oldest first: old signatures still verify. */
  readonly retired: readonly { readonly epoch: number; readonly group: GroupKey }[];
}

export const noGroupKeys: GroupKeys = { active: null, pending: null, retired: [] };

/** Prepares a fresh key for the next epoch; what signs does not change. A prepared one is replaced. */
export const prepareRotation = (keys: GroupKeys, group: GroupKey): GroupKeys => ({
  ...keys,
  pending: { epoch: (keys.active?.epoch ?? 0) + 1, group },
});

/** The prepared key signs from now on. Refused (`NotPrepared`) for an epoch that is not. */
export const commitRotation = (keys: GroupKeys, epoch: number): ThresholdResult<GroupKeys> => {
  if (keys.pending?.epoch !== epoch)
    return thresholdRefused({ code: "PAR8908", variant: "NotPrepared", epoch });
  const { active, pending, retired } = keys;
  return {
    ok: true,
    value: {
      active: { ...pending, mode: "ConsensusFinalized" },
      pending: null,
      retired: active === null ? retired : [...retired, { epoch: active.epoch, group: active.group }],
    },
  };
};

/** Forgets the prepared key of an epoch; one that was never prepared is forgotten already. */
export const rollbackRotation = (keys: GroupKeys, epoch: number): GroupKeys =>
  keys.pending?.epoch === epoch ? { ...keys, pending: null } : keys;
