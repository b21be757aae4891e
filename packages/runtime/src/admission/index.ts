/** Admission: the manifest of a protocol and every rule that lets it open. */
export { admissionRules, admit } from "./admit.ts";
export {
  type CapabilityInventory,
  fullContracts,
  inventoryOf,
  type RuntimeContracts,
} from "./capability-inventory.ts";
export { type CapabilityNameError, capabilityNameError } from "./capability-name.ts";
export {
  classOfProtocol,
  type ExecutionPolicy,
  executionPolicies,
  type ProtocolClass,
  policyForRef,
  protocolClasses,
} from "./execution-policy.ts";
export {
  captureOf,
  configOfProfile,
  flowPolicyPredicate,
  guardLayers,
  type HardeningProfile,
  hardeningProfiles,
  outputAllowList,
  type ParityProfile,
  parityOf,
  parseHardeningProfile,
} from "./hardening-profile.ts";
export { type CompositionManifest, type LinkSpec, manifestOf } from "./manifest.ts";
export {
  type Parsed,
  parseDeterminismMode,
  parseEffectTier,
  parseReplayMode,
  type UnknownName,
} from "./parse-determinism.ts";
export { type Registration, registryEntry } from "./registry.ts";
export type { AdmissionCase, AdmissionRule, Evidence, Verdict } from "./rule.ts";
export {
  configuredGuardCapacity,
  type NamedScheduler,
  noSignals,
  type SchedulerInput,
  type SchedulerMismatch,
  type SchedulerSignals,
  schedulerFor,
  schedulerInputFor,
  schedulerMismatch,
  schedulerRef,
} from "./scheduler-choice.ts";
export { budgetOf, weightOf } from "./termination-budget.ts";
