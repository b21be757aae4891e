/** The choreography engine: admitted sessions of one role each, with the guide's calls by name: `@parley/runtime/engine`. */
export {
  type BlockedReceive,
  ChoreoEngine,
  type EngineOpening,
  type EngineRun,
} from "./choreo-engine.ts";
export { currentWeight } from "./current-weight.ts";
export { defaultEngineConfig, type EngineConfig, engineConfigError } from "./engine-config.ts";
export {
  type ChoreoEngineError,
  type EngineResult,
  engineErrorOfAdmission,
  engineErrorText,
} from "./engine-error.ts";
export {
  type AdmittedSession,
  type OpenedManifest,
  type OpenManifestError,
  type OpenManifestOptions,
  openManifestErrorText,
  openManifestVmSessionAdmitted,
} from "./open-manifest-vm-session-admitted.ts";
export {
  type InboundMessage,
  type PendingSend,
  QueuedBridgeHandler,
  type QueuedBridgeOptions,
} from "./queued-bridge.ts";
export { type EngineRecording, type EngineStep, replayRecording } from "./recording.ts";
export {
  type LocalTypes,
  type RoleScopedImage,
  type RoleScopedImageError,
  roleScopedImage,
} from "./role-scoped-image.ts";
export { readTypeTable, type TypeTable, typeTable } from "./type-table.ts";
export {
  type GlobalArtifact,
  globalArtifact,
  type LocalsArtifact,
  localsArtifact,
  readGlobalArtifact,
  readLocalsArtifact,
} from "./version-artifacts.ts";
