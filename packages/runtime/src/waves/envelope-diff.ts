import { encodeCanonical, hashBytes, type MachineEvent } from "@parley/wire";
import type { ExecutionPolicy } from "../admission/execution-policy.ts";
import { sessionOf } from "../trace/session-of.ts";
import { causalForm } from "./causal-form.ts";
import { type Fragment, fragmentHash } from "./fragment.ts";

/** The version of a diff artifact; another one is refused. */
export const ENVELOPE_SCHEMA = "protocol_machine.envelope_diff.v1";

export const schedulerClasses = ["Exact", "SessionNormalizedPermutation", "EnvelopeBounded"] as const;
export type SchedulerClass = (typeof schedulerClasses)[number];
export const effectClasses = ["Exact", "ReplayDeterministic", "EnvelopeBounded"] as const;
export type EffectClass = (typeof effectClasses)[number];
export const failureClasses = ["Exact", "EnvelopeBounded"] as const;
export type FailureClass = (typeof failureClasses)[number];

/** In what a run differs from its baseline (spec/machine-surfaces.md §18). */
export interface EnvelopeDiff {
  readonly schema: typeof ENVELOPE_SCHEMA;
  readonly baselineEngine: string;
  readonly candidateEngine: string;
  readonly scheduler: SchedulerClass;
  readonly waveWidth: { readonly baseline: number; readonly candidate: number; readonly declared: number };
  readonly effects: EffectClass;
  readonly failureVisible: FailureClass;
  readonly tier: string;
}

/** A diff with the hashes of what was compared, and of itself. */
export interface EnvelopeArtifact {
  readonly schema: typeof ENVELOPE_SCHEMA;
  readonly diff: EnvelopeDiff;
  readonly baselineHash: string;
  readonly candidateHash: string;
  readonly diffHash: string;
}

const hashOf = (value: unknown): string => hashBytes(encodeCanonical(value));

/** One session's events in their causal form: what independent roles do in between each other is no difference. */
const projections = (events: readonly MachineEvent[]): string => {
  const sessions = new Map<number, MachineEvent[]>();
  for (const event of events) {
    const sid = sessionOf(event);
    if (sid === undefined) continue;
    const own = sessions.get(sid);
    if (own === undefined) sessions.set(sid, [event]);
    else own.push(event);
  }
  return hashOf([...sessions].sort(([a], [b]) => a - b).map(([sid, own]) => [sid, causalForm(own)]));
};

const schedulerClass = (baseline: Fragment, candidate: Fragment): SchedulerClass => {
  if (hashOf(baseline.events) === hashOf(candidate.events)) return "Exact";
  return projections(baseline.events) === projections(candidate.events)
    ? "SessionNormalizedPermutation"
    : "EnvelopeBounded";
};

const effectClass = (baseline: Fragment, candidate: Fragment, scheduler: SchedulerClass): EffectClass => {
  if (hashOf(baseline.effects) === hashOf(candidate.effects)) return "Exact";
  return scheduler === "EnvelopeBounded" ? "EnvelopeBounded" : "ReplayDeterministic";
};

const failures = ({ crashed, partitioned, corrupted, timedOut }: Fragment): string =>
  hashOf([crashed, partitioned, corrupted, timedOut]);

/**
 * Builds the diff artifact of a cooperative and a threaded fragment for the
 * policy the threaded one ran under.
 */
export const buildEnvelopeDiffArtifact = (
  policy: Pick<ExecutionPolicy, "waveBound" | "tier">,
  baseline: Fragment,
  candidate: Fragment,
): EnvelopeArtifact => {
  const scheduler = schedulerClass(baseline, candidate);
  const diff: EnvelopeDiff = {
    schema: ENVELOPE_SCHEMA,
    baselineEngine: baseline.engine,
    candidateEngine: candidate.engine,
    scheduler,
    waveWidth: {
      baseline: baseline.maxWaveWidth,
      candidate: candidate.maxWaveWidth,
      declared: policy.waveBound,
    },
    effects: effectClass(baseline, candidate, scheduler),
    failureVisible: failures(baseline) === failures(candidate) ? "Exact" : "EnvelopeBounded",
    tier: candidate.tier,
  };
  return {
    schema: ENVELOPE_SCHEMA,
    diff,
    baselineHash: fragmentHash(baseline),
    candidateHash: fragmentHash(candidate),
    diffHash: hashOf(diff),
  };
};

export type ArtifactError =
  | { readonly kind: "unknown-schema"; readonly schema: unknown }
  | { readonly kind: "malformed"; readonly field: string }
  /** The artifact says another hash of its diff than the diff has. */
  | { readonly kind: "hash"; readonly expected: string; readonly actual: string };

const oneOf = (value: unknown, of: readonly string[]): boolean =>
  typeof value === "string" && of.includes(value);

const badField = ({ diff, ...artifact }: EnvelopeArtifact): string | undefined => {
  const width = diff?.waveWidth;
  const checks: readonly (readonly [string, boolean])[] = [
    ["diff.scheduler", oneOf(diff?.scheduler, schedulerClasses)],
    ["diff.effects", oneOf(diff?.effects, effectClasses)],
    ["diff.failureVisible", oneOf(diff?.failureVisible, failureClasses)],
    ["diff.tier", typeof diff?.tier === "string"],
    [
      "diff.waveWidth",
      [width?.baseline, width?.candidate, width?.declared].every((one) => Number.isSafeInteger(one)),
    ],
    ["baselineHash", typeof artifact.baselineHash === "string"],
    ["candidateHash", typeof artifact.candidateHash === "string"],
  ];
  return checks.find(([, holds]) => !holds)?.[0];
};

/** Reads an artifact that comes from elsewhere; a schema that is not known, or a hash that is not its own, is refused. */
export const readEnvelopeArtifact = (
  value: unknown,
):
  | { readonly ok: true; readonly artifact: EnvelopeArtifact }
  | { readonly ok: false; readonly error: ArtifactError } => {
  const artifact = (value ?? {}) as EnvelopeArtifact;
  const schema = [artifact.schema, artifact.diff?.schema].find((one) => one !== ENVELOPE_SCHEMA);
  if (artifact.schema !== ENVELOPE_SCHEMA || artifact.diff?.schema !== ENVELOPE_SCHEMA)
    return { ok: false, error: { kind: "unknown-schema", schema } };
  const field = badField(artifact);
  if (field !== undefined) return { ok: false, error: { kind: "malformed", field } };
  const actual = hashOf(artifact.diff);
  return actual === artifact.diffHash
    ? { ok: true, artifact }
    : { ok: false, error: { kind: "hash", expected: artifact.diffHash, actual } };
};
