import type { FlowPredicate } from "./flow-predicate.ts";
import { type OutputKind, outputPredicates } from "./output-predicates.ts";
import type { WaveShape } from "./wave-shape.ts";

/** How the machine picks the next coroutine (spec/machine.md §7.2). */
export type SchedulerPolicy =
  | { readonly kind: "cooperative" }
  | { readonly kind: "roundRobin" }
  /** Highest number first, absent = 0; ties by queue order. */
  | { readonly kind: "fixed"; readonly priorities: { readonly [coroutine: string]: number } }
  | { readonly kind: "aging" }
  | { readonly kind: "tokenWeighted" }
  | { readonly kind: "progressAware" };

/** What a full edge does with one more frame (spec/machine.md §11). */
export type FullPolicy =
  | { readonly kind: "block" }
  | { readonly kind: "drop" }
  | { readonly kind: "error" }
  | { readonly kind: "resize"; readonly max: number };

/** Which observable output may leave the machine (spec/machine.md §15). */
export type OutputPolicy =
  | { readonly kind: "disabled" }
  | { readonly kind: "allowAll" }
  | { readonly kind: "denyAll" }
  | { readonly kind: "allow"; readonly predicates: readonly string[] }
  /** Every output goes by the predicate of its own kind (`output-predicates.ts`), not by the machine's one. */
  | { readonly kind: "allowNamed"; readonly predicates: readonly string[] };

/** Who may be told a known fact (`check`; spec/machine.md §18). */
export type FlowPolicy =
  | { readonly kind: "allowAll" }
  | { readonly kind: "denyAll" }
  | { readonly kind: "allowRoles" | "denyRoles"; readonly roles: readonly string[] }
  | { readonly kind: "predicate"; readonly predicate: FlowPredicate };

/** Pinned by entry 0 of a session; never changes while a machine lives. */
export interface MachineConfig {
  readonly scheduler: SchedulerPolicy;
  readonly buffers: {
    readonly mode: "fifo" | "latestValue";
    /** Frames per edge; 0 counts as 1. */
    readonly capacity: number;
    readonly full: FullPolicy;
  };
  readonly maxSessions: number;
  readonly maxCoroutines: number;
  readonly registers: number;
  /** Credits a coroutine starts with; `null` is without limit. */
  readonly credits: number | null;
  /** Credits a completed instruction costs. A blocked or faulted round costs none (model §2.5). */
  readonly cost: number;
  readonly payloads: "off" | "structural" | "strictSchema";
  readonly maxPayloadBytes: number;
  readonly replay: "off" | "sequence" | "nullifier";
  readonly nullifier: "sequenceBound" | "contentOnly";
  readonly output: OutputPolicy;
  readonly flow: FlowPolicy;
  readonly guardLayers: readonly { readonly id: string; readonly active: boolean }[];
  readonly speculation: boolean;
  /** Length of a round in nanoseconds; only site timeouts are measured in it. */
  readonly tickNanos: number;
  /** Several coroutines a round (spec/machine-surfaces.md §19); absent is one. */
  readonly wave?: WaveShape;
}

export const defaultConfig: MachineConfig = {
  scheduler: { kind: "cooperative" },
  buffers: { mode: "fifo", capacity: 64, full: { kind: "block" } },
  maxSessions: 256,
  maxCoroutines: 20_000,
  registers: 16,
  credits: null,
  cost: 1,
  payloads: "structural",
  maxPayloadBytes: 65_536,
  replay: "off",
  nullifier: "sequenceBound",
  output: { kind: "allowAll" },
  flow: { kind: "allowAll" },
  guardLayers: [],
  speculation: false,
  tickNanos: 1_000_000,
};

const positive = ["maxSessions", "maxCoroutines", "registers", "cost", "maxPayloadBytes"] as const;

/** The first rule a configuration breaks, as the name of its field, or `undefined`. */
export const configProblem = (config: MachineConfig): keyof MachineConfig | undefined => {
  const { wave } = config;
  if (wave !== undefined && !(Math.min(wave.width, wave.lanes) >= 1)) return "wave";
  return positive.find((field) => config[field] <= 0);
};

/** The one predicate the machine itself speaks of. */
export const OUTPUT_PREDICATE = "protocol_machine.observable_output";

/** The predicate for which the policy refuses outputs of these kinds, or `undefined` when it lets them pass. */
export const refusedPredicate = (policy: OutputPolicy, kinds: readonly OutputKind[]): string | undefined => {
  switch (policy.kind) {
    case "disabled":
    case "allowAll":
      return undefined;
    case "denyAll":
      return OUTPUT_PREDICATE;
    case "allow":
      return policy.predicates.includes(OUTPUT_PREDICATE) ? undefined : OUTPUT_PREDICATE;
    case "allowNamed":
      return kinds.map((kind) => outputPredicates[kind]).find((name) => !policy.predicates.includes(name));
  }
};
