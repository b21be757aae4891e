import { encodeCanonical, hashBytes, type MachineEvent } from "@parley/wire";
import { canonicalTrace, type EffectTraceEntry, effectTrace, exchangesOf } from "../effects/effect-trace.ts";
import type { Machine } from "../machine/state.ts";
import { normalise } from "../trace/normalise.ts";

/** The version of the fragment's form; another one is refused. */
export const FRAGMENT_SCHEMA = "machine.serialization.v1";

/** A run as it is compared (spec/machine-surfaces.md §17): all lists in one order. */
export interface Fragment {
  readonly schema: typeof FRAGMENT_SCHEMA;
  /** What ran it. */
  readonly engine: string;
  readonly maxWaveWidth: number;
  readonly events: readonly MachineEvent[];
  readonly effects: readonly EffectTraceEntry[];
  readonly crashed: readonly string[];
  /** `from>to`, both directions of a partition. */
  readonly partitioned: readonly string[];
  readonly corrupted: readonly (readonly [edge: string, corruption: string])[];
  readonly timedOut: readonly (readonly [site: string, until: number])[];
  readonly tier: string;
  readonly replay: string;
}

const text = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** The fragment of a machine and of all events it has shown. */
export const fragmentOf = (
  machine: Machine,
  events: readonly MachineEvent[],
  of: { readonly engine: string; readonly maxWaveWidth: number; readonly tier: string },
): Fragment => ({
  schema: FRAGMENT_SCHEMA,
  ...of,
  // Waits are the scheduler's: they are no output, and no effect stands behind them.
  events: events.filter(({ kind }) => kind !== "blocked"),
  effects: canonicalTrace(effectTrace(exchangesOf(events), "full", "host")),
  crashed: [...machine.crashed].sort(text),
  partitioned: [...machine.partitions].sort(text),
  corrupted: [...machine.corruptions].sort(([a], [b]) => text(a, b)),
  timedOut: [...machine.timeouts]
    .map(([site, { until }]) => [site, until] as const)
    .sort(([a], [b]) => text(a, b)),
  replay: machine.config.replay,
});

/** BLAKE3 of the fragment's canonical bytes, its trace normalised. */
export const fragmentHash = (fragment: Fragment): string =>
  hashBytes(encodeCanonical({ ...fragment, events: normalise(fragment.events) }));
