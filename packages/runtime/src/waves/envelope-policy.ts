import type { ExecutionPolicy } from "../admission/execution-policy.ts";
import type { EffectClass, EnvelopeArtifact, FailureClass, SchedulerClass } from "./envelope-diff.ts";

/** Why an artifact, or its absence, breaks an execution policy; in the order of the checks (spec/aura-runtime.md §7.3). */
export type EnvelopeError =
  | { readonly kind: "MissingEnvelopeArtifact"; readonly policy: string }
  | { readonly kind: "EnvelopeWaveWidthExceeded"; readonly declared: number; readonly candidate: number }
  | {
      readonly kind: "EnvelopeSchedulerClassRejected";
      readonly allowed: readonly SchedulerClass[];
      readonly actual: SchedulerClass;
    }
  | {
      readonly kind: "EnvelopeEffectOrderingRejected";
      readonly allowed: readonly EffectClass[];
      readonly actual: EffectClass;
    }
  | { readonly kind: "EnvelopeFailureVisibleRejected"; readonly actual: FailureClass }
  | { readonly kind: "EnvelopeEffectTierMismatch"; readonly expected: string; readonly actual: string };

const allowedSchedulers: { readonly [envelope in ExecutionPolicy["envelope"]]: readonly SchedulerClass[] } = {
  exact: ["Exact"],
  session_normalized_permutation: ["Exact", "SessionNormalizedPermutation"],
  envelope_bounded: ["Exact", "SessionNormalizedPermutation", "EnvelopeBounded"],
};

const allowedEffects: { readonly [tier in ExecutionPolicy["tier"]]: readonly EffectClass[] } = {
  strict_deterministic: ["Exact"],
  replay_deterministic: ["Exact", "ReplayDeterministic"],
  envelope_bounded_nondeterministic: ["Exact", "ReplayDeterministic", "EnvelopeBounded"],
};

/** Whether a session under this policy has to show an artifact. */
export const needsEnvelopeArtifact = ({ mode }: Pick<ExecutionPolicy, "mode">): boolean =>
  mode === "threaded_envelope_bounded";

/** The first rule of the policy that an artifact breaks. */
export const validateEnvelopeArtifact = (
  policy: ExecutionPolicy,
  artifact: EnvelopeArtifact | undefined,
): EnvelopeError | undefined => {
  if (artifact === undefined)
    return needsEnvelopeArtifact(policy)
      ? { kind: "MissingEnvelopeArtifact", policy: policy.ref }
      : undefined;
  const { waveWidth, scheduler, effects, failureVisible, tier } = artifact.diff;
  if (waveWidth.candidate > waveWidth.declared)
    return {
      kind: "EnvelopeWaveWidthExceeded",
      declared: waveWidth.declared,
      candidate: waveWidth.candidate,
    };
  const schedulers = allowedSchedulers[policy.envelope];
  if (!schedulers.includes(scheduler))
    return { kind: "EnvelopeSchedulerClassRejected", allowed: schedulers, actual: scheduler };
  const orders = allowedEffects[policy.tier];
  if (!orders.includes(effects))
    return { kind: "EnvelopeEffectOrderingRejected", allowed: orders, actual: effects };
  if (failureVisible !== "Exact" && policy.mode !== "threaded_envelope_bounded")
    return { kind: "EnvelopeFailureVisibleRejected", actual: failureVisible };
  if (tier !== policy.tier)
    return { kind: "EnvelopeEffectTierMismatch", expected: policy.tier, actual: tier };
  return undefined;
};

/** What the gate between two runtimes objects to; in the order of the checks (spec/aura-runtime.md §7.4). */
export type ParityError =
  | { readonly kind: "WaveWidthExceeded"; readonly declared: number; readonly candidate: number }
  | { readonly kind: "SchedulerClassRejected"; readonly actual: SchedulerClass }
  | { readonly kind: "EffectOrderingClassRejected"; readonly actual: EffectClass }
  | { readonly kind: "FailureVisibleClassRejected"; readonly actual: FailureClass }
  | { readonly kind: "EffectTierRejected"; readonly actual: string };

/** The cross-runtime parity gate: the first class two runtimes may not differ in. */
export const envelopeParity = ({ diff }: EnvelopeArtifact): ParityError | undefined => {
  const { waveWidth, scheduler, effects, failureVisible, tier } = diff;
  if (waveWidth.candidate > waveWidth.declared)
    return { kind: "WaveWidthExceeded", declared: waveWidth.declared, candidate: waveWidth.candidate };
  if (scheduler === "EnvelopeBounded") return { kind: "SchedulerClassRejected", actual: scheduler };
  if (effects === "EnvelopeBounded") return { kind: "EffectOrderingClassRejected", actual: effects };
  if (failureVisible !== "Exact") return { kind: "FailureVisibleClassRejected", actual: failureVisible };
  if (tier !== "strict_deterministic" && tier !== "replay_deterministic")
    return { kind: "EffectTierRejected", actual: tier };
  return undefined;
};
