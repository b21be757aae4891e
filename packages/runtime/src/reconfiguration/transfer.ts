import type { LinkBoundary, OwnerScope, SessionDelegationTransfer } from "@parley/wire";
import { type BoundaryError, boundaryOfBundle, sameScope } from "../ownership/index.ts";
import type { Controller } from "./controller.ts";

/** A delegation of a session at a bundle, with the bundle's own boundary and scope. */
export const delegationTransfer = (
  asked: Pick<SessionDelegationTransfer, "session" | "from" | "to" | "bundle" | "context" | "upgrade">,
): SessionDelegationTransfer => {
  const boundary = boundaryOfBundle(asked.bundle);
  return { ...asked, boundary, scope: boundary.scope };
};

/** The same, cut elsewhere: the scope becomes the boundary's. */
export const withBoundary = (
  transfer: SessionDelegationTransfer,
  boundary: LinkBoundary,
): SessionDelegationTransfer => ({ ...transfer, boundary, scope: boundary.scope });

/** The same with another scope, which the boundary must match when it is carried out. */
export const withScope = (
  transfer: SessionDelegationTransfer,
  scope: OwnerScope,
): SessionDelegationTransfer => ({ ...transfer, scope });

export type ResolvedBoundary =
  | { readonly ok: true; readonly boundary: LinkBoundary }
  | { readonly ok: false; readonly missing: string }
  | { readonly ok: false; readonly error: BoundaryError };

/** The boundary of a transfer: its bundle is known, and bundle and scope are the transfer's own. */
export const resolveBoundary = (
  controller: Controller,
  transfer: SessionDelegationTransfer,
): ResolvedBoundary => {
  const bundle = controller.bundles.get(transfer.bundle);
  if (bundle === undefined) return { ok: false, missing: transfer.bundle };
  const boundary = transfer.boundary ?? boundaryOfBundle(bundle.bundle_id, bundle.protocol_ids);
  if (boundary.bundle !== transfer.bundle)
    return {
      ok: false,
      error: {
        code: "PAR8324",
        variant: "LinkBoundaryBundleMismatch",
        expected: transfer.bundle,
        actual: boundary.bundle ?? null,
      },
    };
  return sameScope(boundary.scope, transfer.scope)
    ? { ok: true, boundary }
    : {
        ok: false,
        error: {
          code: "PAR8325",
          variant: "LinkBoundaryScopeMismatch",
          expected: transfer.scope,
          actual: boundary.scope,
        },
      };
};
