import type { BoundProtocol } from "@parley/core";
import { admitManifest } from "../admission/admission-requirements.ts";
import {
  type CapabilityInventory,
  fullContracts,
  inventoryOf,
  type RuntimeContracts,
} from "../admission/capability-inventory.ts";
import { type CapabilityNameError, capabilityNameError } from "../admission/capability-name.ts";
import { type EnvelopeAdmission, envelopeAdmission } from "../admission/envelope-admission.ts";
import { classOfProtocol } from "../admission/execution-policy.ts";
import { configOfProfile } from "../admission/hardening-profile.ts";
import {
  type BridgedPolicy,
  bridgePolicy,
  type FallbackArtifact,
} from "../admission/host-bridge-fallback.ts";
import type { CompositionManifest } from "../admission/manifest.ts";
import { openingPolicy } from "../admission/opening-policy.ts";
import {
  configOfPolicy,
  type PolicyError,
  policyErrorText,
  type ResolvedPolicy,
  resolvePolicyFor,
  resolvePolicyRef,
  validateProtocolExecutionPolicy,
} from "../admission/policy-resolution.ts";
import type { Registration } from "../admission/registry.ts";
import {
  configuredGuardCapacity,
  type NamedScheduler,
  type SchedulerSignals,
  schedulerFor,
  schedulerInputFor,
} from "../admission/scheduler-choice.ts";
import { defaultTermination, type TerminationConfig } from "../admission/termination-limit.ts";
import { defaultConfig } from "../machine/config.ts";
import { ChoreoEngine } from "./choreo-engine.ts";
import { type ChoreoEngineError, engineErrorOfAdmission, engineErrorText } from "./engine-error.ts";
import { QueuedBridgeHandler, type QueuedBridgeOptions } from "./queued-bridge.ts";
import { type LocalTypes, type RoleScopedImageError, roleScopedImage } from "./role-scoped-image.ts";

/** Why a manifest's session was not opened; nothing was started. */
export type OpenManifestError =
  | ChoreoEngineError
  | PolicyError
  | RoleScopedImageError
  | {
      readonly code: "PAR8273";
      readonly variant: "GuardCapability";
      readonly errors: readonly CapabilityNameError[];
    };

export interface OpenManifestOptions {
  /** What the machine guarantees; `undefined` is none, which admits little. */
  readonly contracts?: RuntimeContracts | undefined;
  /** What the runtime can do, where it is less than its contracts say: a runtime profile. */
  readonly inventory?: CapabilityInventory;
  /** The workspace's entry of a protocol that is not built in. */
  readonly registered?: Registration;
  readonly termination?: TerminationConfig;
  readonly bridge?: QueuedBridgeOptions;
}

/** An admitted session of one role. */
export interface AdmittedSession {
  readonly engine: ChoreoEngine;
  readonly handler: QueuedBridgeHandler;
  readonly sessionId: number;
  readonly scheduler: NamedScheduler;
  readonly admission: EnvelopeAdmission;
  /** What was noted where the policy was replaced by its canonical fallback. */
  readonly artifacts: readonly FallbackArtifact[];
}

export type OpenedManifest =
  | ({ readonly ok: true } & AdmittedSession)
  | { readonly ok: false; readonly error: OpenManifestError };

/** An opening's error as a sentence. */
export const openManifestErrorText = (error: OpenManifestError): string => {
  switch (error.variant) {
    case "GuardCapability":
      return `guard capabilities are not admissible: ${error.errors.map(({ value }) => value).join(", ")}`;
    case "RoleScopedImage":
      return `${error.role}: ${error.reason}`;
    case "UnknownPolicyRef":
    case "PolicyClassMismatch":
    case "InvalidCombination":
      return policyErrorText(error);
    default:
      return engineErrorText(error);
  }
};

const failed = (error: OpenManifestError): OpenedManifest => ({ ok: false, error });

/** The policy by the built-in table, else by the registry's entry for exactly this id. */
const policyOf = (manifest: CompositionManifest, registered: Registration | undefined): ResolvedPolicy => {
  const { protocol_id: id } = manifest;
  const ref = openingPolicy(manifest, undefined);
  if (classOfProtocol(id) !== undefined || registered?.protocolId !== id) return resolvePolicyFor(id, ref);
  const resolved = resolvePolicyRef(ref);
  if (!resolved.ok || resolved.policy.class === registered.class) return resolved;
  return {
    ok: false,
    error: {
      code: "PAR8212",
      variant: "PolicyClassMismatch",
      policy_ref: ref,
      protocol_id: id,
      protocol_class: registered.class,
    },
  };
};

const configFor = (bridged: BridgedPolicy, scheduler: NamedScheduler, termination: TerminationConfig) => ({
  ...configOfPolicy(bridged.effective),
  termination,
  machine: {
    ...defaultConfig,
    ...configOfProfile("prod"),
    replay: bridged.effective.replay,
    scheduler: scheduler.policy,
  },
});

/**
 * Opens an admitted session of one role of a manifest (spec/aura-runtime.md
 * §8.2, spec/aura-protocols.md §2.5): guard capabilities, capabilities and
 * packs, policy, the role's image, the scheduler from live signals; a threaded
 * policy runs as its canonical fallback, and says so. The first refusal is the
 * answer, and nothing was opened.
 *
 * @example
 * const opened = openManifestVmSessionAdmitted(manifest, "Buyer", globalType, localTypes, noSignals);
 * if (opened.ok) opened.engine.runToCompletion(opened.sessionId);
 */
export const openManifestVmSessionAdmitted = (
  manifest: CompositionManifest,
  role: string,
  globalType: BoundProtocol,
  localTypes: LocalTypes,
  schedulerSignals: SchedulerSignals,
  options: OpenManifestOptions = {},
): OpenedManifest => {
  const contracts = "contracts" in options ? options.contracts : fullContracts;
  const errors = manifest.guard_capabilities.flatMap((value) => capabilityNameError(value) ?? []);
  if (errors.length > 0) return failed({ code: "PAR8273", variant: "GuardCapability", errors });
  const inventory = options.inventory ?? (contracts === undefined ? new Map() : inventoryOf(contracts));
  const refused = admitManifest(manifest, inventory);
  if (refused !== undefined) return failed(engineErrorOfAdmission(refused));
  const resolved = policyOf(manifest, options.registered);
  if (!resolved.ok) return failed(resolved.error);
  const scoped = roleScopedImage(role, manifest.role_names, globalType, localTypes);
  if (!scoped.ok) return failed(scoped.error);
  const bridged = bridgePolicy(manifest.protocol_id, resolved.policy);
  const scheduler = schedulerFor(
    schedulerInputFor(scoped.image, {
      protocolClass: bridged.effective.class,
      guardSlots: configuredGuardCapacity(configOfProfile("prod").guardLayers ?? []),
      signals: schedulerSignals,
    }),
  );
  const config = configFor(bridged, scheduler, options.termination ?? defaultTermination);
  const invalid = validateProtocolExecutionPolicy(config, bridged.effective);
  if (invalid !== undefined) return failed(invalid);
  const engine = ChoreoEngine.create(config, contracts);
  if (!engine.ok) return failed(engine.error);
  const handler = new QueuedBridgeHandler(options.bridge);
  handler.setSchedulerSignals(schedulerSignals);
  const { effective: policy } = bridged;
  const protocol = manifest.protocol_id;
  const opened = engine.value.open({ image: scoped.image, protocol, handler, policy });
  if (!opened.ok) return failed(opened.error);
  return {
    ok: true,
    engine: engine.value,
    handler,
    sessionId: opened.value,
    scheduler,
    admission: envelopeAdmission(protocol, bridged),
    artifacts: bridged.artifacts,
  };
};
