import {
  classOfProtocol,
  determinismProblem,
  type ExecutionPolicy,
  policyForRef,
  protocolClasses,
} from "./execution-policy.ts";

type Mix = Pick<ExecutionPolicy, "determinism" | "tier" | "replay">;

/** Why no execution policy was found, or why a configuration is not its policy's (spec/aura-runtime.md §4.2, §4.3). */
export type PolicyError =
  | { readonly code: "PAR8211"; readonly variant: "UnknownPolicyRef"; readonly raw: string }
  | {
      readonly code: "PAR8212";
      readonly variant: "PolicyClassMismatch";
      readonly policy_ref: string;
      readonly protocol_id: string;
      /** Display id of the protocol's class, `unknown` where it has none. */
      readonly protocol_class: string;
    }
  | {
      readonly code: "PAR8213";
      readonly variant: "InvalidCombination";
      readonly mode: ExecutionPolicy["determinism"];
      readonly tier: ExecutionPolicy["tier"];
      readonly replay: ExecutionPolicy["replay"];
      readonly reason: string;
    };

export type ResolvedPolicy =
  | { readonly ok: true; readonly policy: ExecutionPolicy }
  | { readonly ok: false; readonly error: PolicyError };

/** A policy error as a sentence. */
export const policyErrorText = (error: PolicyError): string => {
  switch (error.variant) {
    case "UnknownPolicyRef":
      return `no policy is called ${error.raw}`;
    case "PolicyClassMismatch":
      return error.protocol_class === "unknown"
        ? `${error.protocol_id} has no class, so no policy is made for it`
        : `${error.policy_ref} is not made for ${error.protocol_class}, the class of ${error.protocol_id}`;
    case "InvalidCombination":
      return error.reason;
  }
};

/** The policy of a reference. */
export const resolvePolicyRef = (raw: string): ResolvedPolicy => {
  const policy = policyForRef(raw);
  return policy === undefined
    ? { ok: false, error: { code: "PAR8211", variant: "UnknownPolicyRef", raw } }
    : { ok: true, policy };
};

/**
 * The policy a built-in protocol is run under: the one named, which must be
 * of the protocol's class, else the class's own. An id that is not built in
 * has no class here; the workspace's registry is asked elsewhere.
 *
 * @example resolvePolicyFor("aura.sync.epoch_rotation") // threaded_envelope_bounded, wave bound 4
 */
export const resolvePolicyFor = (protocolId: string, ref?: string): ResolvedPolicy => {
  const className = classOfProtocol(protocolId);
  const named = ref === undefined ? undefined : resolvePolicyRef(ref);
  if (named?.ok === false) return named;
  const mismatch = (protocolClass: string): ResolvedPolicy => ({
    ok: false,
    error: {
      code: "PAR8212",
      variant: "PolicyClassMismatch",
      policy_ref: ref ?? "",
      protocol_id: protocolId,
      protocol_class: protocolClass,
    },
  });
  if (className === undefined) return mismatch("unknown");
  const { displayId, policyRef } = protocolClasses[className];
  const resolved = named ?? resolvePolicyRef(policyRef);
  return resolved.ok && resolved.policy.class !== className ? mismatch(displayId) : resolved;
};

const invalid = ({ determinism, tier, replay }: Mix, reason: string): PolicyError => ({
  code: "PAR8213",
  variant: "InvalidCombination",
  mode: determinism,
  tier,
  replay,
  reason,
});

/** Whether mode, tier and replay go together; the first rule they break (spec/aura-runtime.md §4.3). */
export const validateDeterminismProfile = (mix: Mix): PolicyError | undefined => {
  const reason = determinismProblem(mix);
  return reason === undefined ? undefined : invalid(mix, reason);
};

/** Rounds of one step, or waves. */
export type RoundSemantics = "canonical_one_step" | "wave_parallel_extension";

/** What a runtime mode brings with it (spec/aura-runtime.md §4). */
export interface ModeTraits {
  readonly concurrency: "canonical" | "envelope_admitted";
  readonly rounds: RoundSemantics;
  /** Capabilities asked for beside those of the manifest. */
  readonly capabilities: readonly string[];
  readonly needsEnvelopeArtifact: boolean;
}

export const traitsOfMode = (mode: ExecutionPolicy["mode"]): ModeTraits => {
  switch (mode) {
    case "cooperative":
      return {
        concurrency: "canonical",
        rounds: "canonical_one_step",
        capabilities: [],
        needsEnvelopeArtifact: false,
      };
    case "threaded_replay_deterministic":
      return {
        concurrency: "envelope_admitted",
        rounds: "wave_parallel_extension",
        capabilities: ["mixed_determinism"],
        needsEnvelopeArtifact: false,
      };
    case "threaded_envelope_bounded":
      return {
        concurrency: "envelope_admitted",
        rounds: "wave_parallel_extension",
        capabilities: ["mixed_determinism", "vmEnvelopeAdherence"],
        needsEnvelopeArtifact: true,
      };
  }
};

/** What of a configuration a policy decides. */
export interface PolicyConfig extends Mix {
  readonly rounds: RoundSemantics;
}

/** The configuration a policy asks for. */
export const configOfPolicy = (policy: ExecutionPolicy): PolicyConfig => ({
  determinism: policy.determinism,
  tier: policy.tier,
  replay: policy.replay,
  rounds: traitsOfMode(policy.mode).rounds,
});

/** Whether a configuration is valid in itself and the one its policy asks for. */
export const validateProtocolExecutionPolicy = (
  config: PolicyConfig,
  policy: ExecutionPolicy,
): PolicyError | undefined => {
  const problem = validateDeterminismProfile(config);
  if (problem !== undefined) return problem;
  const wanted = configOfPolicy(policy);
  const field = (["determinism", "tier", "replay", "rounds"] as const).find(
    (name) => config[name] !== wanted[name],
  );
  return field === undefined
    ? undefined
    : invalid(config, `${policy.ref} asks for ${field} ${wanted[field]}, not ${config[field]}`);
};

/** What artifacts say of the policy a run was held to (spec/aura-runtime.md §4.3). */
export interface DeterminismProfileMetadata {
  readonly policy_ref: string;
  readonly protocol_class: string;
  readonly runtime_mode: string;
  readonly scheduler_envelope_class: string;
  readonly declared_wave_width_bound: number | null;
  readonly determinism_mode: string;
  readonly effect_determinism_tier: string;
  readonly communication_replay_mode: string;
}

export const artifactMetadata = (policy: ExecutionPolicy): DeterminismProfileMetadata => ({
  policy_ref: policy.ref,
  protocol_class: protocolClasses[policy.class].displayId,
  runtime_mode: policy.mode,
  scheduler_envelope_class: policy.envelope,
  declared_wave_width_bound: policy.waveBound,
  determinism_mode: policy.determinism,
  effect_determinism_tier: policy.tier,
  communication_replay_mode: policy.replay,
});
