import type {
  LinkBoundary,
  OwnerScope,
  RuntimeUpgradeRequest,
  SessionDelegationTransfer,
} from "@parley/wire";
import type { OwnershipReceipt } from "../ownership/index.ts";
import { type CoherenceViolation, coherenceViolations } from "./coherence.ts";
import { type DelegationReceipt, delegate, upgradeRuntime, upgradeSnapshot } from "./controller.ts";
import { missingSurface, type ReconfigurationManager } from "./manager.ts";
import type { ReconfigurationManagerError } from "./manager-error.ts";
import { resolveBoundary } from "./transfer.ts";
import type { UpgradeExecution, UpgradeSnapshot } from "./upgrade.ts";

/** The fact a delegation leaves in its context (spec/aura-runtime.md §12.5). */
export interface SessionDelegationFact {
  readonly context_id: string;
  readonly session_id: string;
  readonly from_authority: string;
  readonly to_authority: string;
  readonly bundle_id: string;
  readonly timestamp: number;
}

export type Coherence =
  | { readonly kind: "Pending" }
  | { readonly kind: "Preserved" }
  | { readonly kind: "Violations"; readonly violations: readonly CoherenceViolation[] };

/** Everything a delegation can be held to later. */
export interface DelegationWitness {
  readonly context: string;
  readonly session: string;
  readonly from: string;
  readonly to: string;
  readonly bundle: string;
  readonly boundary: LinkBoundary;
  readonly scope: OwnerScope;
  readonly movedFragments: readonly string[];
  readonly coherence: Coherence;
  readonly ownershipReceipt?: OwnershipReceipt;
  readonly upgradeRequest?: RuntimeUpgradeRequest;
  readonly upgradeSnapshot?: UpgradeSnapshot;
  readonly upgradeExecution?: UpgradeExecution;
}

/** What a delegation takes from outside. */
export interface DelegationPorts {
  /** Session time in ms; `undefined` when there is no physical clock to ask. */
  now(): number | undefined;
  /** The context of an authority, where the transfer names none. */
  defaultContext(authority: string): string;
  /** Keeps the fact; answers why it could not. */
  persist(fact: SessionDelegationFact): string | undefined;
}

export type DelegationResult =
  | {
      readonly ok: true;
      readonly manager: ReconfigurationManager;
      readonly receipt: DelegationReceipt;
      readonly witness: DelegationWitness;
      readonly fact: SessionDelegationFact;
    }
  | { readonly ok: false; readonly error: ReconfigurationManagerError };

/**
 * Delegates a session (spec/aura-runtime.md §12.5): surfaces, time, context,
 * boundary, footprints, the upgrade that goes with it, the fact. Managers are
 * values, so whatever fails leaves the one it was asked of as it was.
 */
export const delegateSession = (
  manager: ReconfigurationManager,
  transfer: SessionDelegationTransfer,
  ports: DelegationPorts,
): DelegationResult => {
  const refuse = (error: ReconfigurationManagerError): DelegationResult => ({ ok: false, error });
  const missing = missingSurface(manager, "session delegation");
  if (missing !== undefined) return refuse(missing);
  const at = ports.now();
  if (at === undefined)
    return refuse({ code: "PAR8414", variant: "DelegationTimestamp", message: "there is no physical time" });
  const { session, from, to, bundle, upgrade } = transfer;
  const context = transfer.context ?? ports.defaultContext(from);
  const resolved = resolveBoundary(manager.controller, transfer);
  if (!resolved.ok)
    return refuse(
      "missing" in resolved
        ? { code: "PAR8415", variant: "BundleNotRegistered", bundle_id: resolved.missing }
        : { code: "PAR8416", variant: "InvalidLinkBoundary", source: resolved.error },
    );
  const moved = delegate(manager.controller, { session, from, to, bundle, at });
  if (!moved.ok)
    return refuse(
      moved.error.variant === "CoherenceViolation"
        ? { code: "PAR8420", variant: "CoherenceViolation", violations: moved.error.violations }
        : { code: "PAR8417", variant: "DelegateSession", source: moved.error },
    );
  const upgraded =
    upgrade !== undefined && manager.upgrades
      ? upgradeRuntime(moved.controller, bundle, upgrade)
      : { ok: true as const, controller: moved.controller, value: undefined };
  if (!upgraded.ok) return refuse({ code: "PAR8418", variant: "RuntimeUpgrade", source: upgraded.error });
  const fact: SessionDelegationFact = {
    context_id: context,
    session_id: session,
    from_authority: from,
    to_authority: to,
    bundle_id: bundle,
    timestamp: at,
  };
  const unsaved = ports.persist(fact);
  if (unsaved !== undefined)
    return refuse({ code: "PAR8419", variant: "PersistDelegationFact", message: unsaved });
  const { controller } = upgraded;
  const snapshot = upgraded.value === undefined ? undefined : upgradeSnapshot(controller, bundle);
  const violations = coherenceViolations(controller.footprints);
  const witness: DelegationWitness = {
    context,
    session,
    from,
    to,
    bundle,
    boundary: resolved.boundary,
    scope: transfer.scope,
    movedFragments: resolved.boundary.fragments,
    coherence: violations.length === 0 ? { kind: "Preserved" } : { kind: "Violations", violations },
    ...(upgrade === undefined || upgraded.value === undefined ? {} : { upgradeRequest: upgrade }),
    ...(upgraded.value === undefined ? {} : { upgradeExecution: upgraded.value }),
    ...(snapshot?.ok ? { upgradeSnapshot: snapshot.value } : {}),
  };
  return { ok: true, manager: { ...manager, controller }, receipt: moved.value, witness, fact };
};
