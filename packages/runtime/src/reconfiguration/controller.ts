import type { ComposedBundle, RuntimeUpgradeRequest, SessionFootprint } from "@parley/wire";
import { compatible, missingImports } from "./bundle.ts";
import { coherenceViolations } from "./coherence.ts";
import type { ControllerError } from "./controller-error.ts";
import {
  classOfSession,
  emptyFootprint,
  type FootprintClass,
  forgetSession,
  joinFootprints,
  placeSession,
  RECONFIGURATION_SCHEMA,
  sessionsOf,
} from "./footprint.ts";
import {
  executeUpgrade,
  seedUpgrade,
  type UpgradeExecution,
  type UpgradeSnapshot,
  unseeded,
} from "./upgrade.ts";

/** What is kept of one delegation. */
export interface DelegationReceipt {
  readonly schema_version: typeof RECONFIGURATION_SCHEMA;
  readonly session_id: string;
  readonly from_authority: string;
  readonly to_authority: string;
  readonly bundle_id: string | null;
  readonly from_before: SessionFootprint;
  readonly from_after: SessionFootprint;
  readonly to_before: SessionFootprint;
  readonly to_after: SessionFootprint;
  /** Session time, ms. */
  readonly delegated_at: number;
}

/** Bundles, footprints by authority, every delegation, the runtime of every bundle (spec/aura-runtime.md §12.1). */
export interface Controller {
  readonly bundles: ReadonlyMap<string, ComposedBundle>;
  readonly footprints: ReadonlyMap<string, SessionFootprint>;
  readonly delegations: readonly DelegationReceipt[];
  readonly upgrades: ReadonlyMap<string, UpgradeSnapshot>;
}

export const emptyController: Controller = {
  bundles: new Map(),
  footprints: new Map(),
  delegations: [],
  upgrades: new Map(),
};

export type ControllerResult<T> =
  | { readonly ok: true; readonly controller: Controller; readonly value: T }
  | { readonly ok: false; readonly error: ControllerError };

const refuse = (error: ControllerError): { readonly ok: false; readonly error: ControllerError } => ({
  ok: false,
  error,
});

export const footprintOf = (controller: Controller, authority: string): SessionFootprint =>
  controller.footprints.get(authority) ?? emptyFootprint;

const withFootprint = (
  controller: Controller,
  authority: string,
  footprint: SessionFootprint,
): Controller => ({ ...controller, footprints: new Map(controller.footprints).set(authority, footprint) });

/**
 * Adds a bundle, with a runtime nobody has been put on; `DuplicateBundle` for
 * an id that is taken (spec/aura-runtime.md §12.3).
 *
 * @example registerBundle(emptyController, bundle) // { ok: true, controller, value: bundle }
 */
export const registerBundle = (
  controller: Controller,
  bundle: ComposedBundle,
): ControllerResult<ComposedBundle> => {
  const id = bundle.bundle_id;
  if (controller.bundles.has(id)) return refuse({ code: "PAR8401", variant: "DuplicateBundle", bundle: id });
  return {
    ok: true,
    controller: {
      ...controller,
      bundles: new Map(controller.bundles).set(id, bundle),
      upgrades: new Map(controller.upgrades).set(id, unseeded),
    },
    value: bundle,
  };
};

/**
 * Links two bundles into a third that has what both have; both stay. Refused,
 * in this order: `BundleNotFound` (left first), `IncompatibleInterfaces`,
 * `OverlappingSessions`, `DuplicateBundle` (spec/aura-runtime.md §12.3).
 *
 * @example linkBundles(controller, "device_migration", "guardian_handoff", "both")
 */
export const linkBundles = (
  controller: Controller,
  left: string,
  right: string,
  linked: string,
): ControllerResult<ComposedBundle> => {
  const one = controller.bundles.get(left);
  const other = controller.bundles.get(right);
  if (one === undefined) return refuse({ code: "PAR8402", variant: "BundleNotFound", bundle: left });
  if (other === undefined) return refuse({ code: "PAR8402", variant: "BundleNotFound", bundle: right });
  if (!compatible(one, other)) {
    const missing = [...new Set([...missingImports(one, other), ...missingImports(other, one)])].sort();
    return refuse({ code: "PAR8403", variant: "IncompatibleInterfaces", left, right, missing });
  }
  const shared = sessionsOf(one.footprint).filter((id) => sessionsOf(other.footprint).includes(id));
  if (shared.length > 0)
    return refuse({ code: "PAR8404", variant: "OverlappingSessions", left, right, sessions: shared });
  return registerBundle(controller, {
    schema_version: RECONFIGURATION_SCHEMA,
    bundle_id: linked,
    protocol_ids: [...one.protocol_ids, ...other.protocol_ids],
    exports: [...new Set([...one.exports, ...other.exports])].sort(),
    imports: [...new Set([...one.imports, ...other.imports])].sort(),
    footprint: joinFootprints(one.footprint, other.footprint),
  });
};

/**
 * Puts a session into one class of an authority's footprint and out of the two
 * others; nothing is asked.
 *
 * @example extendFootprint(controller, "ada", "s-1", "native")
 */
export const extendFootprint = (
  controller: Controller,
  authority: string,
  session: string,
  where: FootprintClass,
): Controller =>
  withFootprint(controller, authority, placeSession(footprintOf(controller, authority), session, where));

export const removeFromFootprint = (controller: Controller, authority: string, session: string): Controller =>
  withFootprint(controller, authority, forgetSession(footprintOf(controller, authority), session));

/** What a delegation says of itself. */
export interface Delegation {
  readonly session: string;
  readonly from: string;
  readonly to: string;
  readonly bundle: string | undefined;
  readonly at: number;
}

/** Footprints as they would be: `from` gives, `to` holds, whoever gave it to `from` is out of it. */
const delegated = (
  footprints: ReadonlyMap<string, SessionFootprint>,
  { session, from, to }: Delegation,
): ReadonlyMap<string, SessionFootprint> => {
  const next = new Map(footprints);
  const change = (authority: string, where: FootprintClass): void => {
    next.set(authority, placeSession(next.get(authority) ?? emptyFootprint, session, where));
  };
  if (next.get(from)?.delegatedIn.includes(session))
    for (const [authority, footprint] of next)
      if (authority !== from && footprint.delegatedOut.includes(session))
        next.set(authority, forgetSession(footprint, session));
  change(from, "delegatedOut");
  change(to, "delegatedIn");
  return next;
};

/**
 * Delegates a session (spec/aura-runtime.md §12.3): who gives it has to do
 * with it, and the footprints after it are coherent, or nothing happened.
 *
 * @example delegate(controller, { session: "s", from: "ada", to: "bea", bundle: "device_migration", at: 1 })
 */
export const delegate = (
  controller: Controller,
  delegation: Delegation,
): ControllerResult<DelegationReceipt> => {
  const { session, from, to, bundle, at } = delegation;
  if (bundle !== undefined && !controller.bundles.has(bundle))
    return refuse({ code: "PAR8402", variant: "BundleNotFound", bundle });
  if (classOfSession(footprintOf(controller, from), session) === undefined)
    return refuse({ code: "PAR8405", variant: "SessionNotOwned", session, authority: from });
  const footprints = delegated(controller.footprints, delegation);
  const violations = coherenceViolations(footprints);
  if (violations.length > 0) return refuse({ code: "PAR8406", variant: "CoherenceViolation", violations });
  const receipt: DelegationReceipt = {
    schema_version: RECONFIGURATION_SCHEMA,
    session_id: session,
    from_authority: from,
    to_authority: to,
    bundle_id: bundle ?? null,
    from_before: footprintOf(controller, from),
    from_after: footprints.get(from) ?? emptyFootprint,
    to_before: footprintOf(controller, to),
    to_after: footprints.get(to) ?? emptyFootprint,
    delegated_at: at,
  };
  return {
    ok: true,
    controller: { ...controller, footprints, delegations: [...controller.delegations, receipt] },
    value: receipt,
  };
};

/**
 * Says who runs a bundle; its upgrades begin anew at epoch 0. Members are
 * sorted and distinct; nobody at all is `InvalidRuntimeUpgrade`.
 *
 * @example seedMembership(controller, "device_migration", ["ada-phone", "ada-laptop"])
 */
export const seedMembership = (
  controller: Controller,
  bundle: string,
  members: readonly string[],
): ControllerResult<UpgradeSnapshot> => {
  if (!controller.bundles.has(bundle)) return refuse({ code: "PAR8402", variant: "BundleNotFound", bundle });
  const snapshot = seedUpgrade(members);
  if (snapshot === undefined)
    return refuse({ code: "PAR8407", variant: "InvalidRuntimeUpgrade", bundle, reason: "no members" });
  const upgrades = new Map(controller.upgrades).set(bundle, snapshot);
  return { ok: true, controller: { ...controller, upgrades }, value: snapshot };
};

/**
 * The runtime of a bundle; refused until it is seeded.
 *
 * @example upgradeSnapshot(controller, "device_migration") // { ok: true, value: { epoch: 0, … } }
 */
export const upgradeSnapshot = (
  controller: Controller,
  bundle: string,
): ControllerResult<UpgradeSnapshot> => {
  if (!controller.bundles.has(bundle)) return refuse({ code: "PAR8402", variant: "BundleNotFound", bundle });
  const value = controller.upgrades.get(bundle) ?? unseeded;
  return value.active_members.length === 0
    ? refuse({ code: "PAR8407", variant: "InvalidRuntimeUpgrade", bundle, reason: "it has not been seeded" })
    : { ok: true, controller, value };
};

/**
 * Upgrades the runtime of a bundle. A failure is recorded in the controller
 * that comes with the error; whoever wants nothing left keeps the old one
 * (spec/aura-runtime.md §12.7).
 *
 * @example upgradeRuntime(controller, "device_migration", request).controller.upgrades
 */
export const upgradeRuntime = (
  controller: Controller,
  bundle: string,
  request: RuntimeUpgradeRequest,
):
  | { readonly ok: true; readonly controller: Controller; readonly value: UpgradeExecution }
  | { readonly ok: false; readonly controller: Controller; readonly error: ControllerError } => {
  const seeded = upgradeSnapshot(controller, bundle);
  if (!seeded.ok) return { ...seeded, controller };
  const { snapshot, execution, reason } = executeUpgrade(bundle, seeded.value, request);
  const next = { ...controller, upgrades: new Map(controller.upgrades).set(bundle, snapshot) };
  return reason === undefined
    ? { ok: true, controller: next, value: execution }
    : {
        ok: false,
        controller: next,
        error: { code: "PAR8407", variant: "InvalidRuntimeUpgrade", bundle, reason },
      };
};
