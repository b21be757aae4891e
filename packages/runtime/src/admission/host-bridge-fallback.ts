import { canonicalFallback, type ExecutionPolicy } from "./execution-policy.ts";
import { traitsOfMode } from "./policy-resolution.ts";

/** Why a bridge that runs one step at a time does not run a threaded policy. */
export const CANONICAL_ONLY = "host_bridge_canonical_only";

/** What is noted where a policy is replaced; neither stops an opening (spec/aura-runtime.md §7.1). */
export type FallbackArtifact =
  | {
      readonly kind: "admission_denied";
      readonly protocol_id: string;
      readonly requested_policy_ref: string;
      readonly requested_profile: string;
      readonly reason: string;
    }
  | {
      readonly kind: "canonical_fallback_activated";
      readonly protocol_id: string;
      readonly requested_policy_ref: string;
      readonly effective_policy_ref: string;
      readonly reason: string;
    };

export interface BridgedPolicy {
  readonly requested: ExecutionPolicy;
  readonly effective: ExecutionPolicy;
  /** Empty where the policy is run as asked. */
  readonly artifacts: readonly FallbackArtifact[];
}

/**
 * The policy a canonical bridge runs: itself where it is cooperative, else its
 * fallback, which keeps the reference, class, determinism, tier and replay.
 */
export const bridgePolicy = (protocolId: string, requested: ExecutionPolicy): BridgedPolicy => {
  const profile = traitsOfMode(requested.mode).concurrency;
  if (profile === "canonical") return { requested, effective: requested, artifacts: [] };
  const effective = canonicalFallback(requested);
  const of = { protocol_id: protocolId, requested_policy_ref: requested.ref, reason: CANONICAL_ONLY };
  return {
    requested,
    effective,
    artifacts: [
      { kind: "admission_denied", ...of, requested_profile: profile },
      { kind: "canonical_fallback_activated", ...of, effective_policy_ref: effective.ref },
    ],
  };
};
