import type { CodeImage } from "../machine/code/image.ts";
import type { SchedulerPolicy } from "../machine/config.ts";
import { type ProtocolClass, protocolClasses } from "./execution-policy.ts";
import { weightOf } from "./termination-budget.ts";

/** What a scheduler is chosen from, beside the protocol. Pressures are in hundredths of a percent. */
export interface SchedulerSignals {
  readonly guardContention: number;
  readonly flowPressure: number;
  readonly leakagePressure: number;
}

export const noSignals: SchedulerSignals = { guardContention: 0, flowPressure: 0, leakagePressure: 0 };

const FULL_PRESSURE = 10_000;
const HIGH_PRESSURE = 7_500;

/** Signals with both pressures clamped to 100 percent; contention is as it is. */
export const normaliseSignals = (signals: SchedulerSignals): SchedulerSignals => ({
  ...signals,
  flowPressure: Math.min(signals.flowPressure, FULL_PRESSURE),
  leakagePressure: Math.min(signals.leakagePressure, FULL_PRESSURE),
});

/** Everything the choice looks at. */
export interface SchedulerInput {
  readonly protocolClass: ProtocolClass;
  /** Twice the depths of all local types. */
  readonly weight: number;
  readonly guardSlots: number;
  readonly signals: SchedulerSignals;
}

/** The slots that the configured guard layers make: one a layer that is active, at least one. */
export const configuredGuardCapacity = (layers: readonly { readonly active: boolean }[]): number =>
  Math.max(1, layers.filter(({ active }) => active).length);

/** The input of the choice for an image. */
export const schedulerInputFor = (image: CodeImage, of: Omit<SchedulerInput, "weight">): SchedulerInput => ({
  ...of,
  weight: weightOf(image),
  signals: normaliseSignals(of.signals),
});

/** A scheduler under the name it is reported by. */
export interface NamedScheduler {
  readonly ref: string;
  readonly policy: SchedulerPolicy;
  /** Why this one, in words; empty where it was asked for by name. */
  readonly why: string;
}

/** What schedulers are called (spec/aura-runtime.md §5). */
export const schedulerRef = ({ kind }: SchedulerPolicy): string => {
  switch (kind) {
    case "cooperative":
      return "cooperative";
    case "roundRobin":
      return "aura.vm.scheduler.round_robin";
    case "progressAware":
      return "aura.vm.scheduler.progress_aware";
    case "aging":
      return "aura.vm.scheduler.priority_aging";
    case "tokenWeighted":
      return "aura.vm.scheduler.priority_token_weighted";
    case "fixed":
      return "aura.vm.scheduler.priority_fixed";
  }
};

const chosen = (policy: SchedulerPolicy, why: string): NamedScheduler => ({
  ref: schedulerRef(policy),
  policy,
  why,
});

const ALWAYS_PROGRESS: ReadonlySet<ProtocolClass> = new Set([
  "ConsensusFallback",
  "SyncAntiEntropy",
  "DkgCeremony",
]);

/** Chooses a scheduler; the first rule that applies wins (spec/aura-runtime.md §5). */
export const schedulerFor = (input: SchedulerInput): NamedScheduler => {
  const { protocolClass, weight, guardSlots } = input;
  const { guardContention, flowPressure, leakagePressure } = normaliseSignals(input.signals);
  const aging = (why: string) => chosen({ kind: "aging" }, why);
  if (guardSlots <= 1) return aging("one guard slot");
  if (guardContention > 0) return aging(`${guardContention} contended guards`);
  if (flowPressure >= HIGH_PRESSURE) return aging("the flow budget is under pressure");
  if (leakagePressure >= HIGH_PRESSURE) return aging("the leakage budget is under pressure");
  if (ALWAYS_PROGRESS.has(protocolClass))
    return chosen({ kind: "progressAware" }, `the class ${protocolClass}`);
  const heavy = protocolClasses[protocolClass].weights[1];
  if (weight >= heavy) return chosen({ kind: "progressAware" }, `weight ${weight}, at least ${heavy}`);
  return chosen({ kind: "roundRobin" }, `weight ${weight}, below ${heavy}, and no pressure`);
};

export interface SchedulerMismatch {
  readonly kind: "SchedulerPolicyMismatch";
  readonly expected: string;
  readonly actual: string;
  readonly protocolClass: ProtocolClass;
  readonly weight: number;
  readonly guardSlots: number;
}

/** Whether a configured scheduler is the one its input asks for; any other is drift. */
export const schedulerMismatch = (
  policy: SchedulerPolicy,
  input: SchedulerInput,
): SchedulerMismatch | undefined => {
  const expected = schedulerFor(input).ref;
  const actual = schedulerRef(policy);
  const { protocolClass, weight, guardSlots } = input;
  return actual === expected
    ? undefined
    : { kind: "SchedulerPolicyMismatch", expected, actual, protocolClass, weight, guardSlots };
};
