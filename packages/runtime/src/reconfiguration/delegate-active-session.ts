import type { OwnerCapability, OwnerScope, SessionDelegationTransfer } from "@parley/wire";
import {
  type FragmentRegistry,
  fragmentsOf,
  type OwnerRegistry,
  ownershipReceipt,
  transferFragments,
  transferOwner,
} from "../ownership/index.ts";
import { type DelegationPorts, type DelegationResult, delegateSession } from "./delegate-session.ts";
import type { ReconfigurationManager } from "./manager.ts";
import type { ActiveSessionDelegationError, OwnerTransferError } from "./manager-error.ts";
import { resolveBoundary } from "./transfer.ts";

/** The live owner of one session, as whoever holds it can change it. */
export interface ActiveOwner {
  readonly session: string;
  /** What counts now. */
  capability(): OwnerCapability;
  /** Owner and fragments to somebody else, together or not at all. */
  handOver(presented: OwnerCapability, to: string, scope: OwnerScope): OwnerTransferError | undefined;
  /** Exactly as it was before the last handover: owner, generation, scope, fragments. Answers why it could not. */
  restore(): string | undefined;
}

/** Registries of owners and fragments as values, changed through `ActiveOwner`. */
export interface OwnedSessions {
  owners: OwnerRegistry;
  fragments: FragmentRegistry;
}

/** The owner of a session in registries that are values: what was is kept, so restoring cannot fail. */
export const valueOwner = (held: OwnedSessions, session: string): ActiveOwner => {
  let before: OwnedSessions = { ...held };
  return {
    session,
    capability: () => {
      const record = held.owners.records.get(session);
      return record ?? { session, owner: "", generation: 0, scope: { kind: "session" } };
    },
    handOver: (presented, to, scope) => {
      before = { ...held };
      const owner = transferOwner(held.owners, presented, to, scope);
      if (!owner.ok) return owner.error;
      if (fragmentsOf(held.fragments, session).length > 0) {
        const moved = transferFragments(held.fragments, session, presented.owner, to);
        if (!moved.ok) return moved.error;
        held.fragments = moved.fragments;
      }
      held.owners = owner.owners;
      return undefined;
    },
    restore: () => {
      held.owners = before.owners;
      held.fragments = before.fragments;
      return undefined;
    },
  };
};

export type ActiveDelegationResult =
  | Extract<DelegationResult, { readonly ok: true }>
  | { readonly ok: false; readonly error: ActiveSessionDelegationError };

/**
 * Hands a live session over (spec/aura-runtime.md §12.6, design §7): owner,
 * generation, scope, fragments and footprint move together; when any part
 * fails, all of them are exactly as they were.
 *
 * @returns `SessionMismatch`, `OwnerTransfer` (the capability is stale, or a
 * fragment is somebody else's), `Reconfiguration` (with everything put back)
 * or `RollbackFailed` (a holder of the owner that could not put it back).
 */
export const delegateActiveSession = (
  manager: ReconfigurationManager,
  active: ActiveOwner,
  presented: OwnerCapability,
  transfer: SessionDelegationTransfer,
  ports: DelegationPorts,
): ActiveDelegationResult => {
  const refuse = (error: ActiveSessionDelegationError): ActiveDelegationResult => ({ ok: false, error });
  if (active.session !== transfer.session)
    return refuse({
      code: "PAR8431",
      variant: "SessionMismatch",
      active_session_id: active.session,
      transfer_session_id: transfer.session,
    });
  const resolved = resolveBoundary(manager.controller, transfer);
  if (!resolved.ok)
    return refuse({
      code: "PAR8433",
      variant: "Reconfiguration",
      source:
        "missing" in resolved
          ? { code: "PAR8415", variant: "BundleNotRegistered", bundle_id: resolved.missing }
          : { code: "PAR8416", variant: "InvalidLinkBoundary", source: resolved.error },
    });
  const from = active.capability();
  const stale = active.handOver(presented, transfer.to, transfer.scope);
  if (stale !== undefined) return refuse({ code: "PAR8432", variant: "OwnerTransfer", source: stale });
  const receipt = ownershipReceipt(from, active.capability());
  const delegated = delegateSession(manager, transfer, ports);
  if (delegated.ok) return { ...delegated, witness: { ...delegated.witness, ownershipReceipt: receipt } };
  const rollback = active.restore();
  return refuse(
    rollback === undefined
      ? { code: "PAR8433", variant: "Reconfiguration", source: delegated.error }
      : { code: "PAR8434", variant: "RollbackFailed", source: delegated.error, rollback },
  );
};
