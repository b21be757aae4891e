import type { AdmissionError } from "./admission-error.ts";
import type { CapabilityInventory } from "./capability-inventory.ts";
import { classOfProtocol, type ProtocolClass } from "./execution-policy.ts";
import { requireCapabilities } from "./require-capabilities.ts";
import { startupDefaultsTable } from "./startup-defaults.ts";

/** Ways consensus is run, which ask for capabilities beside any manifest (spec/aura-runtime.md §3.6). */
export type ConsensusProfile = "FastPath" | "FallbackPath" | "ThresholdSigning";

export const consensusProfiles: { readonly [profile in ConsensusProfile]: readonly string[] } = {
  FastPath: ["byzantine_envelope", "mixed_determinism"],
  FallbackPath: ["byzantine_envelope", "termination_bounded"],
  ThresholdSigning: ["byzantine_envelope"],
};

/** What the runtime lacks to run consensus that way. */
export const checkConsensusProfile = (
  profile: ConsensusProfile,
  inventory: CapabilityInventory,
): AdmissionError | undefined => requireCapabilities(inventory, consensusProfiles[profile]);

/** Plain capabilities a built-in protocol asks for; none for one that is not built in. */
export const requiredArtifacts = (protocolId: string): readonly string[] =>
  Object.values(startupDefaultsTable).find((entry) => entry.protocolId === protocolId)?.capabilities ?? [];

const bounded: ReadonlySet<ProtocolClass> = new Set(["SyncAntiEntropy", "DkgCeremony", "RecoveryGrant"]);

/** Protocols of three classes need bounded termination; one that is not built in is not asked. */
export const checkTerminationArtifact = (
  protocolId: string,
  inventory: CapabilityInventory,
): AdmissionError | undefined => {
  const className = classOfProtocol(protocolId);
  return className !== undefined && bounded.has(className)
    ? requireCapabilities(inventory, ["termination_bounded"])
    : undefined;
};
