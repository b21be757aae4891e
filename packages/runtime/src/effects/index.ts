/** What a machine exchanges with its host: effect events, traces, tapes, the deterministic handler: `@parley/runtime/effects`. */
export {
  type AuraEffectEvent,
  type AuraEffectKind,
  auraEffectKinds,
  auraEffectOf,
  auraEffects,
  type ReplayHooks,
  replayWithHooks,
} from "./aura-events.ts";
export { AuraHandler, type AuraHandlerOptions, type OutputHint, runWithHandler } from "./aura-handler.ts";
export { compareEffects, type EffectComparison, type EffectProfile } from "./compare-effects.ts";
export {
  type Capture,
  type Captured,
  type CaptureOptions,
  captureEffectTrace,
  defaultCapture,
  type EffectLaw,
  type EffectTraceBundle,
  type EffectTraceEntry,
  type EffectTraceError,
  type Exchange,
  effectLaws,
  effectTrace,
  exchangesOf,
  readEffectTrace,
} from "./effect-trace.ts";
export { type ReplayReport, replayReport } from "./replay-report.ts";
export {
  replayTape,
  type TapeEntry,
  type TapeError,
  type TapeMode,
  TapeReader,
  TapeRecorder,
  type TapeRun,
  tapeErrorText,
} from "./tape.ts";
