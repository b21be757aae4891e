import type { CeremonyKind } from "@parley/wire";
import type { AgreementMode } from "../journal/ceremony-fact.ts";

interface KindOfCeremony {
  /** How long it may take, ms; over when more than that has passed. */
  readonly timeout: number;
  readonly mode: AgreementMode;
}

const soft = "CoordinatorSoftSafe";

/** Every kind with its deadline and the agreement it begins with. */
export const ceremonyKinds: { readonly [kind in CeremonyKind]: KindOfCeremony } = {
  GuardianRotation: { timeout: 60_000, mode: soft },
  DeviceRotation: { timeout: 60_000, mode: soft },
  DeviceEnrollment: { timeout: 45_000, mode: "Provisional" },
  DeviceRemoval: { timeout: 45_000, mode: soft },
  Recovery: { timeout: 90_000, mode: soft },
  OtaActivation: { timeout: 90_000, mode: soft },
  Invitation: { timeout: 20_000, mode: "ConsensusFinalized" },
  RendezvousSecureChannel: { timeout: 20_000, mode: "Provisional" },
};

export type KeyGeneration = "K1SingleSigner" | "K2DealerBased" | "K3ConsensusDkg" | "Dkd" | "NotApplicable";

/** How a flow gets its keys and how its agreement grows (spec/aura-protocols.md §2.6). */
export interface LifecyclePolicy {
  readonly keys: KeyGeneration;
  /** Agreement in the order it is reached; the first is where it begins. */
  readonly sequence: readonly AgreementMode[];
  readonly fallback: readonly AgreementMode[];
}

const A1 = "Provisional";
const A2 = soft;
const A3 = "ConsensusFinalized";
const policy = (
  keys: KeyGeneration,
  sequence: readonly AgreementMode[],
  fallback: readonly AgreementMode[] = [],
): LifecyclePolicy => ({ keys, sequence, fallback });

/** The flows, by name. */
export const lifecyclePolicies = {
  AuthorityBootstrap: policy("K1SingleSigner", [A3]),
  DeviceEnrollment: policy("K2DealerBased", [A1, A2, A3], [A1, A2]),
  DeviceMfaRotation: policy("K3ConsensusDkg", [A2, A3], [A2]),
  GuardianSetupRotation: policy("K3ConsensusDkg", [A2, A3], [A2]),
  DeviceRemoval: policy("K3ConsensusDkg", [A2, A3], [A2]),
  RecoveryApproval: policy("NotApplicable", [A2, A3], [A2]),
  RecoveryExecution: policy("NotApplicable", [A2, A3], [A2]),
  OtaActivation: policy("NotApplicable", [A2, A3], [A2]),
  AmpEpochBump: policy("NotApplicable", [A1, A2, A3], [A1, A2]),
  AmpBootstrap: policy("NotApplicable", [A1, A2, A3], [A1, A2]),
  RendezvousSecureChannel: policy("NotApplicable", [A1, A2, A3], [A1, A2]),
  Invitation: policy("NotApplicable", [A3]),
  GroupHomeCreation: policy("K3ConsensusDkg", [A1, A2, A3], [A1, A2]),
  DkdCeremony: policy("Dkd", [A2, A3], [A2]),
} as const satisfies { readonly [flow: string]: LifecyclePolicy };

export type CeremonyFlow = keyof typeof lifecyclePolicies;

export const initialMode = (flow: CeremonyFlow): AgreementMode => {
  const [first] = lifecyclePolicies[flow].sequence;
  return first ?? "Provisional";
};

/** A mode a flow may be in: on its way, or where it falls back to. */
export const modeAllowed = (flow: CeremonyFlow, mode: AgreementMode): boolean => {
  const { sequence, fallback }: LifecyclePolicy = lifecyclePolicies[flow];
  return sequence.includes(mode) || fallback.includes(mode);
};
