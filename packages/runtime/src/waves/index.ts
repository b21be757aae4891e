/** Several steps a round, and how such a run compares with the canonical one: `@parley/runtime/waves`. */
export { type BareEvent, causalForm } from "./causal-form.ts";
export {
  type ArtifactError,
  buildEnvelopeDiffArtifact,
  ENVELOPE_SCHEMA,
  type EnvelopeArtifact,
  type EnvelopeDiff,
  readEnvelopeArtifact,
} from "./envelope-diff.ts";
export {
  type EnvelopeError,
  envelopeParity,
  needsEnvelopeArtifact,
  type ParityError,
  validateEnvelopeArtifact,
} from "./envelope-policy.ts";
export { type Fragment, fragmentHash, fragmentOf } from "./fragment.ts";
export { planWave, type Wave, type WaveMember, type WaveProblem, waveProblem } from "./plan-wave.ts";
export {
  countWave,
  type LaneSelection,
  noWaves,
  type WaveMetrics,
  type WaveRound,
  waveRound,
} from "./wave-round.ts";
