import type { ComposedBundle, RuntimeUpgradeRequest } from "@parley/wire";
import { type CapabilityInventory, missingCapability } from "../admission/capability-inventory.ts";
import { type BundleSource, generatedBundles } from "./bundle.ts";
import { type CoherenceViolation, coherenceViolations } from "./coherence.ts";
import {
  type Controller,
  emptyController,
  extendFootprint,
  linkBundles,
  registerBundle,
  seedMembership,
  upgradeRuntime,
} from "./controller.ts";
import { forgetSession } from "./footprint.ts";
import type { ReconfigurationManagerError } from "./manager-error.ts";
import type { UpgradeExecution, UpgradeSnapshot } from "./upgrade.ts";

/** What every transition needs of the runtime (spec/aura-runtime.md §12.4). */
export const transitionSurfaces = [
  "ownership_receipt",
  "semantic_handoff",
  "reconfiguration_transition",
] as const;

/**
 * The reconfiguration manager: a controller and what the runtime it acts on
 * can do, which it is given and hands out. `upgrades` is false for a backend
 * that cannot upgrade: it delegates, and leaves no upgrade artifacts.
 */
export interface ReconfigurationManager {
  readonly controller: Controller;
  readonly capabilities: CapabilityInventory;
  readonly upgrades: boolean;
}

export type ManagerResult<T> =
  | { readonly ok: true; readonly manager: ReconfigurationManager; readonly value: T }
  | {
      readonly ok: false;
      readonly manager: ReconfigurationManager;
      readonly error: ReconfigurationManagerError;
    };

/**
 * A manager that knows the bundles the manifests name (spec/aura-runtime.md §12.4).
 *
 * @example reconfigurationManager(inventoryOf(fullContracts), manifests)
 */
export const reconfigurationManager = (
  capabilities: CapabilityInventory,
  manifests: readonly BundleSource[],
  upgrades = true,
): ReconfigurationManager => ({
  controller: generatedBundles(manifests).reduce((controller, bundle) => {
    const registered = registerBundle(controller, bundle);
    return registered.ok ? registered.controller : controller;
  }, emptyController),
  capabilities,
  upgrades,
});

/**
 * The refusal of an operation the runtime lacks a surface for.
 *
 * @example missingSurface(manager, "bundle linking") // undefined, or MissingCapability
 */
export const missingSurface = (
  manager: ReconfigurationManager,
  operation: string,
): ReconfigurationManagerError | undefined => {
  const missing = missingCapability(manager.capabilities, transitionSurfaces);
  return missing === undefined
    ? undefined
    : {
        code: "PAR8411",
        variant: "MissingCapability",
        operation,
        surfaces: transitionSurfaces,
        message: `${operation} needs ${missing}, which the runtime does not have`,
      };
};

/**
 * Registers a bundle; asks for no surface. `RegisterBundle` with the
 * controller's reason when it cannot be.
 *
 * @example registerManagedBundle(manager, bundle).manager.controller.bundles
 */
export const registerManagedBundle = (
  manager: ReconfigurationManager,
  bundle: ComposedBundle,
): ManagerResult<ComposedBundle> => {
  const result = registerBundle(manager.controller, bundle);
  return result.ok
    ? { ok: true, manager: { ...manager, controller: result.controller }, value: result.value }
    : { ok: false, manager, error: { code: "PAR8412", variant: "RegisterBundle", source: result.error } };
};

/**
 * Links two bundles; needs the transition surfaces. `MissingCapability` or
 * `LinkBundles`, with the manager as it was.
 *
 * @example linkManagedBundles(manager, "device_migration", "guardian_handoff", "both")
 */
export const linkManagedBundles = (
  manager: ReconfigurationManager,
  left: string,
  right: string,
  linked: string,
): ManagerResult<ComposedBundle> => {
  const missing = missingSurface(manager, "bundle linking");
  if (missing !== undefined) return { ok: false, manager, error: missing };
  const result = linkBundles(manager.controller, left, right, linked);
  return result.ok
    ? { ok: true, manager: { ...manager, controller: result.controller }, value: result.value }
    : {
        ok: false,
        manager,
        error: { code: "PAR8413", variant: "LinkBundles", left, right, linked, source: result.error },
      };
};

/**
 * A session begins at an authority; it leaves the authority's other classes.
 *
 * @example recordNativeSession(manager, "ada", "s-1")
 */
export const recordNativeSession = (
  manager: ReconfigurationManager,
  authority: string,
  session: string,
): ReconfigurationManager => ({
  ...manager,
  controller: extendFootprint(manager.controller, authority, session, "native"),
});

/** A session ended: nobody has to do with it any more. */
export const forgetEndedSession = (
  manager: ReconfigurationManager,
  session: string,
): ReconfigurationManager => {
  const footprints = new Map(
    [...manager.controller.footprints].map(([authority, footprint]) => [
      authority,
      forgetSession(footprint, session),
    ]),
  );
  return { ...manager, controller: { ...manager.controller, footprints } };
};

/** Every contradiction between footprints, by session; empty when there is none. */
export const verifyCoherence = (manager: ReconfigurationManager): readonly CoherenceViolation[] =>
  coherenceViolations(manager.controller.footprints);

/**
 * Says who runs a bundle; asks for no surface. Its upgrades begin anew.
 *
 * @example seedRuntimeUpgrade(manager, "device_migration", ["ada-phone"])
 */
export const seedRuntimeUpgrade = (
  manager: ReconfigurationManager,
  bundle: string,
  members: readonly string[],
): ManagerResult<UpgradeSnapshot> => {
  const result = seedMembership(manager.controller, bundle, members);
  return result.ok
    ? { ok: true, manager: { ...manager, controller: result.controller }, value: result.value }
    : { ok: false, manager, error: { code: "PAR8418", variant: "RuntimeUpgrade", source: result.error } };
};

/** Upgrades the runtime of a bundle; one that fails is recorded, and so comes back with the manager. */
export const executeRuntimeUpgrade = (
  manager: ReconfigurationManager,
  bundle: string,
  request: RuntimeUpgradeRequest,
): ManagerResult<UpgradeExecution> => {
  const missing = missingSurface(manager, "runtime upgrade");
  if (missing !== undefined) return { ok: false, manager, error: missing };
  const result = upgradeRuntime(manager.controller, bundle, request);
  const next = { ...manager, controller: result.controller };
  return result.ok
    ? { ok: true, manager: next, value: result.value }
    : {
        ok: false,
        manager: next,
        error: { code: "PAR8418", variant: "RuntimeUpgrade", source: result.error },
      };
};
