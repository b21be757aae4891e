import type { RuntimeUpgradeRequest } from "@parley/wire";

export type UpgradePhase = "staged" | "admitted" | "committed_cutover" | "failed" | "rolled_back";

/** What one phase of an upgrade left. */
export interface UpgradeArtifact {
  readonly artifact_id: string;
  readonly upgrade_id: string;
  readonly phase: UpgradePhase;
  readonly members: readonly string[];
  readonly reason?: string;
}

export interface UpgradeExecution {
  readonly upgrade_id: string;
  readonly plan_id: string;
  readonly artifacts: readonly UpgradeArtifact[];
}

/** The runtime a bundle runs on: who, and every upgrade tried. `epoch` counts them, failed ones too. */
export interface UpgradeSnapshot {
  readonly epoch: number;
  /** Sorted, distinct; empty before it is seeded. */
  readonly active_members: readonly string[];
  readonly history: readonly UpgradeExecution[];
}

export const unseeded: UpgradeSnapshot = { epoch: 0, active_members: [], history: [] };

const canonical = (members: readonly string[]): readonly string[] => [...new Set(members)].sort();

/** Who runs a bundle before its first upgrade; `undefined` for nobody. Forgets every earlier upgrade. */
export const seedUpgrade = (members: readonly string[]): UpgradeSnapshot | undefined =>
  members.length === 0 ? undefined : { epoch: 0, active_members: canonical(members), history: [] };

const both = (one: readonly string[], other: readonly string[]): string | undefined =>
  one.find((id) => other.includes(id));

/** Why an upgrade cannot be, asked in the order of spec/aura-runtime.md §12.7. */
export const upgradeProblem = (
  snapshot: UpgradeSnapshot,
  request: RuntimeUpgradeRequest,
): string | undefined => {
  const { plan, compatibility } = request;
  const [first] = plan.steps;
  if (snapshot.active_members.length === 0) return "the bundle has no members yet: seed it first";
  if (first === undefined) return "the plan has no step";
  const publication = both(request.carried_publication_ids, request.invalidated_publication_ids);
  if (publication !== undefined) return `publication ${publication} is both carried and invalidated`;
  const obligation = both(request.carried_obligation_ids, request.invalidated_obligation_ids);
  if (obligation !== undefined) return `obligation ${obligation} is both carried and invalidated`;
  if (
    compatibility.ownership_continuity_required &&
    both(first.next_members, snapshot.active_members) === undefined
  )
    return "ownership must go on, and no present member is in the first step";
  if (
    compatibility.pending_effect_treatment === "invalidate_blocked" &&
    request.carried_obligation_ids.length + request.invalidated_obligation_ids.length === 0
  )
    return "blocked effects are invalidated, and no obligation is named";
  if (
    compatibility.canonical_publication_continuity === "preserve_canonical_truth" &&
    request.invalidated_publication_ids.length > 0
  )
    return "canonical truth is preserved, and a publication is invalidated";
  const empty = plan.steps.find(({ next_members }) => next_members.length === 0);
  return empty && `step ${empty.step_id} has no members`;
};

export interface UpgradeOutcome {
  readonly snapshot: UpgradeSnapshot;
  readonly execution: UpgradeExecution;
  /** Why it failed; it is recorded even so. */
  readonly reason?: string;
}

/**
 * Runs an upgrade of one bundle: staged, admitted, cut over; or staged and
 * failed with the members as they were. Either is recorded and counts an epoch.
 */
export const executeUpgrade = (
  bundle: string,
  snapshot: UpgradeSnapshot,
  request: RuntimeUpgradeRequest,
): UpgradeOutcome => {
  const { upgrade_id, plan } = request;
  const reason = upgradeProblem(snapshot, request);
  const next = canonical(plan.steps.at(-1)?.next_members ?? []);
  const artifact = (phase: UpgradePhase, members: readonly string[], why?: string): UpgradeArtifact => ({
    artifact_id: bundle,
    upgrade_id,
    phase,
    members,
    ...(why === undefined ? {} : { reason: why }),
  });
  const artifacts =
    reason === undefined
      ? [
          artifact("staged", snapshot.active_members),
          artifact("admitted", snapshot.active_members),
          artifact("committed_cutover", next),
        ]
      : [artifact("staged", snapshot.active_members), artifact("failed", snapshot.active_members, reason)];
  const execution = { upgrade_id, plan_id: plan.plan_id, artifacts };
  return {
    snapshot: {
      epoch: snapshot.epoch + 1,
      active_members: reason === undefined ? next : snapshot.active_members,
      history: [...snapshot.history, execution],
    },
    execution,
    ...(reason === undefined ? {} : { reason }),
  };
};
