/** Admission: the manifest of a protocol and every rule that lets it open. */

export { type AdmissionError, admissionErrorText } from "./admission-error.ts";
export {
  type AdmissionRequirements,
  admitManifest,
  manifestAdmissionRequirements,
  type RequiringManifest,
  requiredCapabilityKeys,
  type TheoremPackRequirement,
} from "./admission-requirements.ts";
export { admissionRules, admit } from "./admit.ts";
export {
  type CapabilityInventory,
  contractCapabilities,
  envelopeKeys,
  fullContracts,
  inventoryFromPairs,
  inventoryKeys,
  inventoryOf,
  noContracts,
  type RuntimeContracts,
} from "./capability-inventory.ts";
export { type CapabilityNameError, capabilityNameError } from "./capability-name.ts";
export { capabilityRef } from "./capability-ref.ts";
export {
  type ConsensusProfile,
  checkConsensusProfile,
  checkTerminationArtifact,
  consensusProfiles,
  requiredArtifacts,
} from "./consensus-profile.ts";
export {
  type EnvelopeAdmission,
  type EnvelopeEvidence,
  type EvidenceKind,
  envelopeAdmission,
} from "./envelope-admission.ts";
export {
  canonicalFallback,
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
  parityProfiles,
  parseHardeningProfile,
} from "./hardening-profile.ts";
export { type BridgedPolicy, bridgePolicy, type FallbackArtifact } from "./host-bridge-fallback.ts";
export { type CompositionManifest, type LinkSpec, manifestOf } from "./manifest.ts";
export {
  type AdmittedModuleGuardCapabilities,
  admittedModule,
  firstPartyRoots,
  hostRoots,
  type ModuleCapabilityError,
} from "./module-capabilities.ts";
export {
  neverPacked,
  type PackStanding,
  packTaxonomy,
  type TaxonomyRow,
  taxonomyOf,
} from "./pack-taxonomy.ts";
export { type ParityDemand, type ParityStanding, parityLacks, parityMet } from "./parity-met.ts";
export { parityRules } from "./parity-rules.ts";
export {
  type Parsed,
  parseDeterminismMode,
  parseEffectTier,
  parseReplayMode,
  type UnknownName,
} from "./parse-determinism.ts";
export {
  artifactMetadata,
  configOfPolicy,
  type DeterminismProfileMetadata,
  type PolicyError,
  policyErrorText,
  resolvePolicyFor,
  resolvePolicyRef,
  traitsOfMode,
  validateDeterminismProfile,
  validateProtocolExecutionPolicy,
} from "./policy-resolution.ts";
export { AUDIT_DATE, AUDIT_GUARDS, type AuditRow, auditOf, protocolAudit } from "./protocol-audit.ts";
export {
  nextSurfaceStates,
  type ProtocolSurface,
  protocolSurface,
  protocolSurfaces,
  type SurfaceRefusal,
  type SurfaceState,
  surfaceStep,
} from "./protocol-surface.ts";
export { type Registration, registryEntry } from "./registry.ts";
export {
  requireCapabilities,
  requireProtocolCriticalSurfaces,
  surfaceAdmitted,
} from "./require-capabilities.ts";
export { consensusDeployment, type ReservedPack } from "./reserved-pack.ts";
export type { AdmissionCase, AdmissionRule, Evidence, Verdict } from "./rule.ts";
export {
  DEFAULT_PROFILE,
  inventoryOfProfile,
  profileKeys,
  type RuntimeProfile,
  shippedProfiles,
  strangeKeys,
} from "./runtime-profile.ts";
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
export {
  defaultTermination,
  maxSteps,
  multiplierDiverges,
  type TerminationBudget,
  type TerminationConfig,
  type TerminationError,
  takeStep,
  terminationConfigError,
  terminationErrorText,
} from "./termination-limit.ts";
