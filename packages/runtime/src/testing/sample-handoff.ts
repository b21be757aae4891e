import type { RuntimeUpgradeRequest } from "@parley/wire";
import { fullContracts, inventoryOf } from "../admission/capability-inventory.ts";
import type { DelegationPorts } from "../reconfiguration/delegate-session.ts";
import { reconfigurationManager, recordNativeSession } from "../reconfiguration/manager.ts";
import { delegationTransfer } from "../reconfiguration/transfer.ts";

/** Two protocols that can be cut, each at a bundle of its own. */
export const manifests = [
  {
    protocol_id: "aura.invitation.device_enrollment",
    link_specs: [
      {
        bundle_id: "device_migration",
        exports: ["device_migration.request", "device_migration.accept"],
        imports: ["device_migration.accept"],
      },
      {
        bundle_id: "device_migration",
        exports: ["device_migration.request"],
        imports: ["device_migration.request"],
      },
    ],
  },
  {
    protocol_id: "aura.sync.epoch_rotation",
    link_specs: [{ bundle_id: "epoch_rotation_transfer", exports: ["epoch_rotation.proposal"], imports: [] }],
  },
];

/** A runtime that can do everything. */
export const full = inventoryOf(fullContracts);

/** One without reconfiguration. */
export const none = inventoryOf({ ...fullContracts, capabilities: [] });

/** A manager where the session `s` begins at ada. */
export const fresh = (capabilities = full, upgrades = true) =>
  recordNativeSession(reconfigurationManager(capabilities, manifests, upgrades), "ada", "s");

/** Ports that work, or not where `over` says so. */
export const ports = (over: Partial<DelegationPorts> = {}): DelegationPorts => ({
  now: () => 7,
  defaultContext: (authority) => `home:${authority}`,
  persist: () => undefined,
  ...over,
});

/** The session from ada to bea. */
export const toBea = delegationTransfer({ session: "s", from: "ada", to: "bea", bundle: "device_migration" });

/** An upgrade that overlaps with who runs the bundle. */
export const upgrade = (over: Partial<RuntimeUpgradeRequest> = {}): RuntimeUpgradeRequest => ({
  upgrade_id: "u1",
  plan: { plan_id: "p1", steps: [{ step_id: "one", next_members: ["node-b", "node-c"], placements: [] }] },
  compatibility: {
    execution_constraint: "preserve_bundle_profile",
    ownership_continuity_required: true,
    pending_effect_treatment: "preserve_pending",
    canonical_publication_continuity: "preserve_canonical_truth",
  },
  carried_publication_ids: [],
  invalidated_publication_ids: [],
  carried_obligation_ids: [],
  invalidated_obligation_ids: [],
  ...over,
});
