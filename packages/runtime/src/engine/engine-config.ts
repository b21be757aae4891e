import type { RuntimeContracts } from "../admission/capability-inventory.ts";
import {
  type PolicyConfig,
  policyErrorText,
  validateDeterminismProfile,
} from "../admission/policy-resolution.ts";
import {
  defaultTermination,
  type TerminationConfig,
  terminationConfigError,
  terminationErrorText,
} from "../admission/termination-limit.ts";
import { configProblem, defaultConfig, type MachineConfig } from "../machine/config.ts";
import { type ChoreoEngineError, interpreter } from "./engine-error.ts";

/** How an engine is made. */
export interface EngineConfig extends PolicyConfig {
  readonly machine: MachineConfig;
  readonly termination: TerminationConfig;
}

/** One step a round, full determinism, the machine's own defaults. */
export const defaultEngineConfig: EngineConfig = {
  determinism: "full",
  tier: "strict_deterministic",
  replay: "off",
  rounds: "canonical_one_step",
  machine: defaultConfig,
  termination: defaultTermination,
};

const hasArtifact = (mode: EngineConfig["determinism"], { artifacts }: RuntimeContracts): boolean => {
  switch (mode) {
    case "full":
      return artifacts.full;
    case "modulo_effects":
      return artifacts.moduloEffects;
    case "modulo_commutativity":
      return artifacts.moduloCommutativity;
    case "replay":
      return artifacts.replay;
  }
};

/**
 * Why an engine cannot be made: a combination that is none, a setting that is
 * none, then the machine's gate: anything but one cooperative queue needs
 * contracts, and a determinism mode its artifact (spec/aura-runtime.md §8.1).
 */
export const engineConfigError = (
  config: EngineConfig,
  contracts: RuntimeContracts | undefined,
): ChoreoEngineError | undefined => {
  const combination = validateDeterminismProfile(config);
  if (combination !== undefined) return interpreter(policyErrorText(combination));
  const field = configProblem(config.machine);
  if (field !== undefined) return interpreter(`the setting ${field} must be positive`);
  const termination = terminationConfigError(config.termination);
  if (termination !== undefined) return interpreter(terminationErrorText(termination));
  const { scheduler, speculation } = config.machine;
  const unsupported = {
    code: "PAR8265",
    variant: "UnsupportedDeterminismProfile",
    mode: config.determinism,
  } as const;
  if (contracts === undefined) {
    if (scheduler.kind !== "cooperative" || speculation)
      return { code: "PAR8264", variant: "MissingRuntimeContracts" };
    return config.determinism === "full" ? undefined : unsupported;
  }
  const mixed = config.determinism === "full" || contracts.mixedDeterminism;
  return hasArtifact(config.determinism, contracts) && mixed ? undefined : unsupported;
};
