/** Classes a protocol is run as (aura-runtime §4.1). */
export type ProtocolClass =
  | "ConsensusFastPath"
  | "ConsensusFallback"
  | "SyncAntiEntropy"
  | "DkgCeremony"
  | "RecoveryGrant";

export interface ClassRecord {
  readonly displayId: string;
  /** Termination factor times ten: the budget is `ceil(weight × factor)`. */
  readonly factorTenths: number;
  readonly weights: readonly [number, number];
  readonly policyRef: string;
  /** Built-in protocol ids of this class. */
  readonly protocols: readonly string[];
}

export const protocolClasses: { readonly [name in ProtocolClass]: ClassRecord } = {
  ConsensusFastPath: {
    displayId: "aura.consensus.fast_path",
    factorTenths: 15,
    weights: [16, 40],
    policyRef: "aura.vm.consensus_fast_path.prod",
    protocols: ["aura.consensus.fast_path"],
  },
  ConsensusFallback: {
    displayId: "aura.consensus.fallback",
    factorTenths: 18,
    weights: [80, 140],
    policyRef: "aura.vm.consensus_fallback.prod",
    protocols: ["aura.consensus", "aura.consensus.fallback"],
  },
  SyncAntiEntropy: {
    displayId: "aura.sync.anti_entropy",
    factorTenths: 18,
    weights: [420, 600],
    policyRef: "aura.vm.sync_anti_entropy.prod",
    protocols: [
      "aura.sync.epoch_rotation",
      "aura.sync.ota_activation",
      "aura.sync.device_epoch_rotation",
      "aura.sync.anti_entropy",
    ],
  },
  DkgCeremony: {
    displayId: "aura.dkg.ceremony",
    factorTenths: 16,
    weights: [160, 260],
    policyRef: "aura.vm.dkg_ceremony.prod",
    protocols: ["aura.dkg.ceremony"],
  },
  RecoveryGrant: {
    displayId: "aura.recovery.grant",
    factorTenths: 17,
    weights: [40, 70],
    policyRef: "aura.vm.recovery_grant.prod",
    protocols: [
      "aura.recovery.grant",
      "aura.recovery.guardian_ceremony",
      "aura.recovery.guardian_setup",
      "aura.recovery.guardian_membership_change",
      "aura.amp.transport",
      "aura.authentication.guardian_auth_relational",
      "aura.invitation.exchange",
      "aura.invitation.guardian",
      "aura.invitation.device_enrollment",
      "aura.rendezvous.exchange",
      "aura.rendezvous.relay",
      "aura.session.coordination",
    ],
  },
};

/** How a session is run: mode, scheduling envelope and determinism (aura-runtime §4). */
export interface ExecutionPolicy {
  readonly ref: string;
  readonly class: ProtocolClass;
  readonly mode: "cooperative" | "threaded_replay_deterministic" | "threaded_envelope_bounded";
  readonly envelope: "exact" | "session_normalized_permutation" | "envelope_bounded";
  readonly waveBound: number;
  readonly determinism: "full" | "modulo_effects" | "modulo_commutativity" | "replay";
  readonly tier: "strict_deterministic" | "replay_deterministic" | "envelope_bounded_nondeterministic";
  readonly replay: "off" | "sequence" | "nullifier";
}

const exact = {
  mode: "cooperative",
  envelope: "exact",
  waveBound: 1,
  determinism: "full",
  tier: "strict_deterministic",
} as const;

/** The six policies. */
export const executionPolicies: readonly ExecutionPolicy[] = [
  { ref: "aura.vm.prod.default", class: "RecoveryGrant", ...exact, replay: "off" },
  {
    ref: "aura.vm.consensus_fallback.prod",
    class: "ConsensusFallback",
    mode: "threaded_replay_deterministic",
    envelope: "session_normalized_permutation",
    waveBound: 2,
    determinism: "modulo_commutativity",
    tier: "replay_deterministic",
    replay: "sequence",
  },
  { ref: "aura.vm.consensus_fast_path.prod", class: "ConsensusFastPath", ...exact, replay: "sequence" },
  {
    ref: "aura.vm.dkg_ceremony.prod",
    class: "DkgCeremony",
    mode: "threaded_replay_deterministic",
    envelope: "session_normalized_permutation",
    waveBound: 2,
    determinism: "replay",
    tier: "replay_deterministic",
    replay: "sequence",
  },
  { ref: "aura.vm.recovery_grant.prod", class: "RecoveryGrant", ...exact, replay: "off" },
  {
    ref: "aura.vm.sync_anti_entropy.prod",
    class: "SyncAntiEntropy",
    mode: "threaded_envelope_bounded",
    envelope: "envelope_bounded",
    waveBound: 4,
    determinism: "modulo_effects",
    tier: "envelope_bounded_nondeterministic",
    replay: "sequence",
  },
];

export const policyForRef = (ref: string): ExecutionPolicy | undefined =>
  executionPolicies.find((policy) => policy.ref === ref);

/** The class a built-in protocol id belongs to. */
export const classOfProtocol = (protocolId: string): ProtocolClass | undefined =>
  (Object.keys(protocolClasses) as ProtocolClass[]).find((name) =>
    protocolClasses[name].protocols.includes(protocolId),
  );

/** Run one at a time in canonical order; reference, class, determinism, tier and replay stay (aura-runtime §4). */
export const canonicalFallback = (policy: ExecutionPolicy): ExecutionPolicy => ({
  ...policy,
  mode: "cooperative",
  envelope: "exact",
  waveBound: 1,
});

/** The first rule a combination of mode, tier and replay breaks, as a sentence (aura-runtime §4.3). */
export const determinismProblem = (
  policy: Pick<ExecutionPolicy, "determinism" | "tier" | "replay">,
): string | undefined => {
  const { determinism, tier, replay } = policy;
  if (determinism === "full" && tier !== "strict_deterministic")
    return "full determinism needs the strict_deterministic tier";
  const modulo = determinism === "modulo_effects" || determinism === "modulo_commutativity";
  if (tier === "envelope_bounded_nondeterministic" && !modulo)
    return "the envelope_bounded_nondeterministic tier needs a modulo mode";
  if (replay === "nullifier" && determinism === "full")
    return "nullifier replay does not go with full determinism";
  return undefined;
};
