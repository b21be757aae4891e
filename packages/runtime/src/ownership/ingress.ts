import type { LinkBoundary, OwnerCapability, OwnerScope } from "@parley/wire";
import { allowedBy } from "./link-boundary.ts";
import { type OwnerError, ownerErrorText } from "./owner-error.ts";
import { checkOwner, type OwnerRegistry } from "./owner-registry.ts";
import { showScope } from "./scope.ts";

/** Why something may not enter a session by this owner and boundary (spec/aura-runtime.md §10.4, §12.4). */
export type BoundaryError =
  | { readonly code: "PAR8321"; readonly variant: "CapabilityRejected"; readonly cause: OwnerError }
  | {
      readonly code: "PAR8322";
      readonly variant: "BoundaryScopeRejected";
      readonly session: string;
      readonly fragments: readonly string[];
      readonly scope: OwnerScope;
    }
  | {
      readonly code: "PAR8323";
      readonly variant: "FullSessionCapabilityRequired";
      readonly session: string;
      readonly scope: OwnerScope;
    }
  | {
      readonly code: "PAR8324";
      readonly variant: "LinkBoundaryBundleMismatch";
      readonly expected: string;
      readonly actual: string | null;
    }
  | {
      readonly code: "PAR8325";
      readonly variant: "LinkBoundaryScopeMismatch";
      readonly expected: OwnerScope;
      readonly actual: OwnerScope;
    };

export const boundaryErrorText = (error: BoundaryError): string => {
  switch (error.variant) {
    case "CapabilityRejected":
      return ownerErrorText(error.cause);
    case "BoundaryScopeRejected":
      return `an owner of ${showScope(error.scope)} may not act on ${
        error.fragments.length === 0 ? "the whole session" : error.fragments.join(", ")
      }`;
    case "FullSessionCapabilityRequired":
      return `session ${error.session} needs an owner of all of it; this one holds ${showScope(error.scope)}`;
    case "LinkBoundaryBundleMismatch":
      return `the boundary is of bundle ${error.actual ?? "none"}, the transfer of ${error.expected}`;
    case "LinkBoundaryScopeMismatch":
      return `the boundary hands over ${showScope(error.actual)}, the transfer ${showScope(error.expected)}`;
  }
};

/** Whether an owner may act at a boundary of its session. */
export const checkBoundary = (
  owners: OwnerRegistry,
  capability: OwnerCapability,
  boundary: LinkBoundary,
): BoundaryError | undefined => {
  const cause = checkOwner(owners, capability.session, capability);
  if (cause !== undefined) return { code: "PAR8321", variant: "CapabilityRejected", cause };
  return allowedBy(boundary, capability.scope)
    ? undefined
    : {
        code: "PAR8322",
        variant: "BoundaryScopeRejected",
        session: capability.session,
        fragments: boundary.fragments,
        scope: capability.scope,
      };
};

/** Whether an owner may act on the whole session: close it, cancel it. */
export const checkFullSession = (
  owners: OwnerRegistry,
  capability: OwnerCapability,
): BoundaryError | undefined => {
  const cause = checkOwner(owners, capability.session, capability);
  if (cause !== undefined) return { code: "PAR8321", variant: "CapabilityRejected", cause };
  const { session, scope } = capability;
  return scope.kind === "session"
    ? undefined
    : { code: "PAR8323", variant: "FullSessionCapabilityRequired", session, scope };
};
