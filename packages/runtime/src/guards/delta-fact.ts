/** A change an operation asks to be noted: its type and whatever fields the type has. */
export interface DeltaFact {
  readonly type: string;
  readonly fields: { readonly [name: string]: unknown };
}

/** Types that can be applied, and the fact that makes up for one when a later one fails (spec/aura-state.md §12.4). */
const compensation: ReadonlyMap<string, string> = new Map([
  ["device_registration", "device_deactivation"],
  ["capability_grant", "capability_revocation"],
  ["session_attestation", "session_invalidation"],
  ["intent_finalization", "intent_failure"],
]);

/** Monotone types that no operation may note by itself. */
const unsupported: ReadonlySet<string> = new Set([
  "guardian_enrollment",
  "key_derivation",
  "flow_budget_update",
  "recovery_initiation",
  "storage_commitment",
  "ota_deployment",
]);

/** A delta that cannot be applied: a type that takes something back or that nobody knows, or one not supported here. */
export type DeltaError =
  | {
      readonly code: "PAR7672";
      readonly kind: "delta-not-monotone";
      readonly index: number;
      readonly type: string;
    }
  | {
      readonly code: "PAR7673";
      readonly kind: "delta-unsupported";
      readonly index: number;
      readonly type: string;
    };

/** The first delta of a list that cannot be applied. A list is applied whole or not at all. */
export const checkDeltas = (deltas: readonly DeltaFact[]): DeltaError | undefined => {
  for (const [index, { type }] of deltas.entries()) {
    if (compensation.has(type)) continue;
    return unsupported.has(type)
      ? { code: "PAR7673", kind: "delta-unsupported", index, type }
      : { code: "PAR7672", kind: "delta-not-monotone", index, type };
  }
  return undefined;
};

/** The facts that make up for deltas already applied, the last first: facts are never taken back. */
export const compensationsOf = (applied: readonly DeltaFact[]): readonly DeltaFact[] =>
  applied.toReversed().flatMap(({ type, fields }) => {
    const undone = compensation.get(type);
    return undone === undefined ? [] : [{ type: undone, fields }];
  });
