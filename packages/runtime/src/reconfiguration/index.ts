/** Reconfiguration: bundles, footprints, delegation of sessions, upgrades of what they run on. */
export { type BundleSource, compatible, generatedBundles } from "./bundle.ts";
export { type CoherenceViolation, coherenceViolations, violationText } from "./coherence.ts";
export {
  type Controller,
  type Delegation,
  type DelegationReceipt,
  delegate,
  emptyController,
  extendFootprint,
  footprintOf,
  linkBundles,
  registerBundle,
  removeFromFootprint,
  upgradeSnapshot,
} from "./controller.ts";
export { type ControllerError, controllerErrorText } from "./controller-error.ts";
export {
  type ActiveDelegationResult,
  type ActiveOwner,
  delegateActiveSession,
  type OwnedSessions,
  valueOwner,
} from "./delegate-active-session.ts";
export {
  type DelegationPorts,
  type DelegationResult,
  type DelegationWitness,
  delegateSession,
  type SessionDelegationFact,
} from "./delegate-session.ts";
export {
  classOfSession,
  emptyFootprint,
  type FootprintClass,
  forgetSession,
  placeSession,
  RECONFIGURATION_SCHEMA,
} from "./footprint.ts";
export {
  type HandoffReceipt,
  handoffReceipt,
  handoffReceiptId,
  handoffTranscript,
} from "./handoff-receipt.ts";
export {
  executeRuntimeUpgrade,
  forgetEndedSession,
  linkManagedBundles,
  type ManagerResult,
  missingSurface,
  type ReconfigurationManager,
  reconfigurationManager,
  recordNativeSession,
  registerManagedBundle,
  seedRuntimeUpgrade,
  transitionSurfaces,
  verifyCoherence,
} from "./manager.ts";
export {
  type ActiveSessionDelegationError,
  activeDelegationErrorText,
  managerErrorText,
  type ReconfigurationManagerError,
} from "./manager-error.ts";
export { delegationTransfer, resolveBoundary, withBoundary, withScope } from "./transfer.ts";
export {
  executeUpgrade,
  type UpgradeArtifact,
  type UpgradeExecution,
  type UpgradeSnapshot,
  upgradeProblem,
} from "./upgrade.ts";
export {
  type HandoffKey,
  type HandoffStep,
  type HandoffStepName,
  type HandoffVerdict,
  verifyHandoff,
} from "./verify-handoff.ts";
