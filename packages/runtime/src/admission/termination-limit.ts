import { type ProtocolClass, protocolClasses } from "./execution-policy.ts";

/** How a runtime stretches and caps budgets (spec/aura-runtime.md §8.3). */
export interface TerminationConfig {
  readonly multiplier: number;
  /** Steps no run may exceed whatever its budget. */
  readonly cap: number | undefined;
  /** A multiplier this far from one, either way, is worth a warning. */
  readonly divergenceRatio: number;
}

export const defaultTermination: TerminationConfig = {
  multiplier: 1,
  cap: undefined,
  divergenceRatio: 1.5,
};

export type TerminationError =
  | { readonly code: "PAR8241"; readonly variant: "InvalidMultiplier"; readonly value: number }
  | { readonly code: "PAR8242"; readonly variant: "InvalidDivergenceRatio"; readonly value: number }
  | {
      readonly code: "PAR8243";
      readonly variant: "BoundExceeded";
      readonly protocol: string;
      readonly initial_weight: number;
      readonly max_steps: number;
      readonly steps_consumed: number;
    };

export const terminationErrorText = (error: TerminationError): string => {
  switch (error.variant) {
    case "InvalidMultiplier":
      return `a budget cannot be multiplied by ${error.value}`;
    case "InvalidDivergenceRatio":
      return `${error.value} is no ratio of divergence: it must be above one`;
    case "BoundExceeded":
      return `${error.protocol} took ${error.steps_consumed} steps, its budget is ${error.max_steps}`;
  }
};

/** A multiplier must be a number above zero, a ratio one above one. */
export const terminationConfigError = (config: TerminationConfig): TerminationError | undefined => {
  const { multiplier, divergenceRatio } = config;
  if (!(Number.isFinite(multiplier) && multiplier > 0))
    return { code: "PAR8241", variant: "InvalidMultiplier", value: multiplier };
  return Number.isFinite(divergenceRatio) && divergenceRatio > 1
    ? undefined
    : { code: "PAR8242", variant: "InvalidDivergenceRatio", value: divergenceRatio };
};

/** Whether a multiplier is so far from one that it deserves a warning. */
export const multiplierDiverges = ({ multiplier, divergenceRatio }: TerminationConfig): boolean =>
  Math.max(multiplier, 1 / multiplier) >= divergenceRatio;

/** The budget of a class for a weight, before it is stretched: at least one step. */
const baseSteps = (weight: number, className: ProtocolClass): number =>
  Math.max(1, Math.ceil((weight * protocolClasses[className].factorTenths) / 10));

/**
 * Steps a run may take: base, stretched by the multiplier, under the smallest
 * of the caps, always at least one.
 *
 * @example maxSteps(10, "ConsensusFastPath", defaultTermination, 2) // 2
 */
export const maxSteps = (
  weight: number,
  className: ProtocolClass,
  config: TerminationConfig = defaultTermination,
  asked: number = Number.POSITIVE_INFINITY,
): number => {
  const scaled = Math.max(1, Math.ceil(baseSteps(weight, className) * config.multiplier));
  const cap = Math.min(config.cap ?? Number.POSITIVE_INFINITY, asked);
  return Math.min(scaled, Math.max(1, cap));
};

/** A budget under way. */
export interface TerminationBudget {
  readonly protocol: string;
  readonly initialWeight: number;
  readonly maxSteps: number;
  readonly consumed: number;
}

/** From this share of its budget on a run is close to its end. */
const NEARLY = 0.8;

export type Progress =
  | { readonly ok: true; readonly budget: TerminationBudget; readonly nearlySpent: boolean }
  | { readonly ok: false; readonly error: TerminationError };

/** Takes one step of the budget; the step that exceeds it is refused even if the protocol ended with it. */
export const takeStep = (budget: TerminationBudget): Progress => {
  const consumed = budget.consumed + 1;
  if (consumed > budget.maxSteps)
    return {
      ok: false,
      error: {
        code: "PAR8243",
        variant: "BoundExceeded",
        protocol: budget.protocol,
        initial_weight: budget.initialWeight,
        max_steps: budget.maxSteps,
        steps_consumed: consumed,
      },
    };
  return { ok: true, budget: { ...budget, consumed }, nearlySpent: consumed >= budget.maxSteps * NEARLY };
};
