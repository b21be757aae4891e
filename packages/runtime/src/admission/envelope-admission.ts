import type { BridgedPolicy } from "./host-bridge-fallback.ts";
import { CANONICAL_ONLY } from "./host-bridge-fallback.ts";
import { traitsOfMode } from "./policy-resolution.ts";

export type EvidenceKind =
  | "DeterminismProfile"
  | "RuntimeContract"
  | "RuntimeCapability"
  | "EnvelopeArtifact"
  | "CanonicalFallback";

export interface EnvelopeEvidence {
  readonly kind: EvidenceKind;
  readonly ref_id: string;
  readonly details: string;
}

/** How a session's envelope was admitted, with what speaks for it (spec/aura-runtime.md §7.1). */
export interface EnvelopeAdmission {
  readonly protocol_id: string;
  readonly requested_policy_ref: string;
  readonly effective_policy_ref: string;
  readonly requested_profile: string;
  readonly effective_profile: string;
  readonly requested_runtime_mode: string;
  readonly effective_runtime_mode: string;
  /** Always in the order of `EvidenceKind`: what was asked, what is run, what that needs, what replaced it. */
  readonly evidence: readonly EnvelopeEvidence[];
  readonly canonical_fallback_reason: string | null;
}

/** The record of an admission; `artifactRef` names the envelope artifact where one was shown. */
export const envelopeAdmission = (
  protocolId: string,
  { requested, effective }: BridgedPolicy,
  artifactRef?: string,
): EnvelopeAdmission => {
  const asked = traitsOfMode(requested.mode);
  const run = traitsOfMode(effective.mode);
  const fellBack = requested.mode !== effective.mode;
  return {
    protocol_id: protocolId,
    requested_policy_ref: requested.ref,
    effective_policy_ref: effective.ref,
    requested_profile: asked.concurrency,
    effective_profile: run.concurrency,
    requested_runtime_mode: requested.mode,
    effective_runtime_mode: effective.mode,
    evidence: [
      {
        kind: "DeterminismProfile",
        ref_id: requested.ref,
        details: `${requested.determinism}, ${requested.tier}, replay ${requested.replay}`,
      },
      {
        kind: "RuntimeContract",
        ref_id: effective.mode,
        details: `${run.rounds}, waves of ${effective.waveBound}`,
      },
      ...asked.capabilities.map((key) => ({
        kind: "RuntimeCapability" as const,
        ref_id: key,
        details: `asked for by ${requested.mode}`,
      })),
      ...(asked.needsEnvelopeArtifact
        ? [
            {
              kind: "EnvelopeArtifact" as const,
              ref_id: artifactRef ?? "none",
              details: fellBack
                ? "needed by the policy asked for, not by its fallback"
                : "compared with the canonical run",
            },
          ]
        : []),
      ...(fellBack
        ? [{ kind: "CanonicalFallback" as const, ref_id: effective.ref, details: CANONICAL_ONLY }]
        : []),
    ],
    canonical_fallback_reason: fellBack ? CANONICAL_ONLY : null,
  };
};
