import type { Hash } from "../hash.ts";

/** What an owner may speak for: the whole session, or some of its fragments. Keys are sorted and distinct. */
export type OwnerScope =
  | { readonly kind: "session" }
  | { readonly kind: "fragments"; readonly keys: readonly string[] };

/** Where a session may be cut (spec/aura-runtime.md §10.3). */
export interface LinkBoundary {
  readonly bundle?: string;
  readonly protocols: readonly string[];
  readonly fragments: readonly string[];
  readonly scope: OwnerScope;
}

/** The parts of a manifest that say where it may be cut. */
export interface LinkedManifest {
  readonly protocol_id: string;
  readonly link_specs: readonly { readonly bundle_id: string }[];
}

/** What an owner presents to act: it counts while owner, generation and scope are the registry's own. */
export interface OwnerCapability {
  readonly session: string;
  readonly owner: string;
  readonly generation: number;
  readonly scope: OwnerScope;
}

/** The sessions an authority has to do with, each in one class; lists are sorted. */
export interface SessionFootprint {
  readonly schema_version: "aura.reconfiguration.v1";
  readonly native: readonly string[];
  readonly delegatedIn: readonly string[];
  readonly delegatedOut: readonly string[];
}

/** A unit of linking and ownership (spec/aura-runtime.md §12.1). Lists are sorted. */
export interface ComposedBundle {
  readonly schema_version: "aura.reconfiguration.v1";
  readonly bundle_id: string;
  readonly protocol_ids: readonly string[];
  readonly exports: readonly string[];
  readonly imports: readonly string[];
  readonly footprint: SessionFootprint;
}

/** One step of an upgrade: who runs it, and where. */
export interface UpgradeStep {
  readonly step_id: string;
  readonly next_members: readonly string[];
  readonly placements: readonly string[];
}

/** What an upgrade keeps and what it may break (spec/aura-runtime.md §12.7). */
export interface UpgradeCompatibility {
  readonly execution_constraint: "preserve_bundle_profile" | "mixed_determinism_allowed";
  readonly ownership_continuity_required: boolean;
  readonly pending_effect_treatment: "preserve_pending" | "invalidate_blocked";
  readonly canonical_publication_continuity: "preserve_canonical_truth" | "reissue_canonical_truth";
}

export interface RuntimeUpgradeRequest {
  readonly upgrade_id: string;
  readonly plan: { readonly plan_id: string; readonly steps: readonly UpgradeStep[] };
  readonly compatibility: UpgradeCompatibility;
  readonly carried_publication_ids: readonly string[];
  readonly invalidated_publication_ids: readonly string[];
  readonly carried_obligation_ids: readonly string[];
  readonly invalidated_obligation_ids: readonly string[];
}

/** What is asked of a delegation (spec/aura-runtime.md §12.4). */
export interface SessionDelegationTransfer {
  readonly context?: string;
  readonly session: string;
  readonly from: string;
  readonly to: string;
  readonly bundle: string;
  readonly boundary?: LinkBoundary;
  readonly scope: OwnerScope;
  readonly upgrade?: RuntimeUpgradeRequest;
}

/**
 * What can be asked of owners, bundles and footprints; entries of the
 * workspace stream. A session that was never handed over has no entry here:
 * it belongs, whole and in its first generation, to the authority of its
 * first seat.
 */
export type ReconfigurationInput =
  /** One handoff: everything moves, at the time of the entry. */
  | {
      readonly kind: "session.delegated";
      readonly presented: OwnerCapability;
      readonly transfer: SessionDelegationTransfer;
      /** The journal that was told. */
      readonly context: string;
      /** Where the session may be cut: its fragments, claimed with its first handoff. */
      readonly manifest: LinkedManifest;
      /** Where its mark stands in the session. */
      readonly position: number;
      /** The fact that was added to the context. */
      readonly fact: Hash;
    }
  /** A session that had been handed over ended: owner, fragments and footprints are given up; its generation is remembered. */
  | { readonly kind: "owner.released"; readonly session: string; readonly position: number }
  /** `generated`: made from the catalogue's manifests. */
  | { readonly kind: "bundle.registered"; readonly bundle: ComposedBundle; readonly generated?: true }
  | {
      readonly kind: "bundles.linked";
      readonly left: string;
      readonly right: string;
      readonly linked: string;
    }
  | { readonly kind: "upgrade.seeded"; readonly bundle: string; readonly members: readonly string[] }
  | {
      readonly kind: "upgrade.executed";
      readonly bundle: string;
      readonly request: RuntimeUpgradeRequest;
    };
