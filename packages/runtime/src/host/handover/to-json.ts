import type { LinkBoundary, OwnerScope, RuntimeUpgradeRequest, SessionFootprint } from "@parley/wire";
import type {
  FootprintJson,
  LinkBoundaryJson,
  OwnerScopeJson,
  PreviewDelegation,
  RuntimeUpgradeJson,
  UpgradeExecutionJson,
} from "@parley/wire/http";
import type { HandoffReceipt, UpgradeExecution } from "../../reconfiguration/index.ts";
import type { HandoffRequest } from "./plan-handoff.ts";

export const scopeJson = (scope: OwnerScope): OwnerScopeJson =>
  scope.kind === "session" ? { kind: "session" } : { kind: "fragments", keys: [...scope.keys] };

/** A scope as it was sent, its keys sorted and distinct. */
export const scopeFromJson = (scope: OwnerScopeJson): OwnerScope =>
  scope.kind === "session" ? scope : { kind: "fragments", keys: [...new Set(scope.keys)].sort() };

export const boundaryJson = (boundary: HandoffReceipt["boundary"]): LinkBoundaryJson => ({
  ...(boundary.bundle === undefined ? {} : { bundle: boundary.bundle }),
  protocols: [...boundary.protocols],
  fragments: [...boundary.fragments],
  scope: scopeJson(boundary.scope),
});

export const boundaryFromJson = ({
  bundle,
  protocols,
  fragments,
  scope,
}: LinkBoundaryJson): LinkBoundary => ({
  ...(bundle === undefined ? {} : { bundle }),
  protocols: [...new Set(protocols)].sort(),
  fragments: [...new Set(fragments)].sort(),
  scope: scopeFromJson(scope),
});

export const footprintJson = (footprint: SessionFootprint): FootprintJson => ({
  schema_version: footprint.schema_version,
  native: [...footprint.native],
  delegatedIn: [...footprint.delegatedIn],
  delegatedOut: [...footprint.delegatedOut],
});

/** An upgrade as it was sent, with what it left out. */
export const upgradeFromJson = (json: RuntimeUpgradeJson): RuntimeUpgradeRequest => ({
  upgrade_id: json.upgrade_id,
  plan: {
    plan_id: json.plan.plan_id,
    steps: json.plan.steps.map(({ step_id, next_members, placements = [] }) => ({
      step_id,
      next_members,
      placements,
    })),
  },
  compatibility: {
    execution_constraint: json.compatibility.execution_constraint ?? "preserve_bundle_profile",
    ownership_continuity_required: json.compatibility.ownership_continuity_required ?? true,
    pending_effect_treatment: json.compatibility.pending_effect_treatment ?? "preserve_pending",
    canonical_publication_continuity:
      json.compatibility.canonical_publication_continuity ?? "preserve_canonical_truth",
  },
  carried_publication_ids: json.carried_publication_ids ?? [],
  invalidated_publication_ids: json.invalidated_publication_ids ?? [],
  carried_obligation_ids: json.carried_obligation_ids ?? [],
  invalidated_obligation_ids: json.invalidated_obligation_ids ?? [],
});

/** A handoff as it was asked for. */
export const handoffFromJson = (json: PreviewDelegation): HandoffRequest => {
  const { presented, to, bundle, scope, boundary, context, upgrade } = json;
  const { owner, generation } = presented;
  return {
    presented: {
      owner,
      generation,
      ...(presented.scope === undefined ? {} : { scope: scopeFromJson(presented.scope) }),
    },
    to,
    bundle,
    ...(scope === undefined ? {} : { scope: scopeFromJson(scope) }),
    ...(boundary === undefined ? {} : { boundary: boundaryFromJson(boundary) }),
    ...(context === undefined ? {} : { context }),
    ...(upgrade === undefined ? {} : { upgrade: upgradeFromJson(upgrade) }),
  };
};

export const executionJson = ({
  upgrade_id,
  plan_id,
  artifacts,
}: UpgradeExecution): UpgradeExecutionJson => ({
  upgrade_id,
  plan_id,
  artifacts: artifacts.map(({ artifact_id, phase, members, reason, ...of }) => ({
    artifact_id,
    upgrade_id: of.upgrade_id,
    phase,
    members: [...members],
    ...(reason === undefined ? {} : { reason }),
  })),
});
