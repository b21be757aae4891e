import type { ExecutionPolicy } from "./execution-policy.ts";

/** A name that is none of the known ones (spec/aura-runtime.md §4.3). */
export interface UnknownName {
  readonly kind: "UnknownDeterminismMode" | "UnknownEffectDeterminismTier" | "UnknownCommunicationReplayMode";
  readonly raw: string;
  readonly known: readonly string[];
}

export type Parsed<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly error: UnknownName };

const modes = ["full", "modulo_effects", "modulo_commutativity", "replay"] as const;
const tiers = ["strict_deterministic", "replay_deterministic", "envelope_bounded_nondeterministic"] as const;
const replays = ["off", "sequence", "nullifier"] as const;

/** Names are read without regard to case or surrounding space; `-` is `_`. */
const parser =
  <T extends string>(kind: UnknownName["kind"], known: readonly T[]) =>
  (raw: string): Parsed<T> => {
    const name = raw.trim().toLowerCase().replaceAll("-", "_");
    const value = known.find((one) => one === name);
    return value === undefined ? { ok: false, error: { kind, raw, known } } : { ok: true, value };
  };

export const parseDeterminismMode: (raw: string) => Parsed<ExecutionPolicy["determinism"]> = parser(
  "UnknownDeterminismMode",
  modes,
);
export const parseEffectTier: (raw: string) => Parsed<ExecutionPolicy["tier"]> = parser(
  "UnknownEffectDeterminismTier",
  tiers,
);
export const parseReplayMode: (raw: string) => Parsed<ExecutionPolicy["replay"]> = parser(
  "UnknownCommunicationReplayMode",
  replays,
);
