import type { AdmissionReport } from "@parley/wire/http";
import { type CapabilityInventory, fullContracts, inventoryOf } from "./capability-inventory.ts";
import { parityRules } from "./parity-rules.ts";
import {
  determinismValid,
  policyFitsClass,
  policyKnown,
  protocolKnown,
  schedulingEnvelope,
  terminationBudget,
} from "./policy-rules.ts";
import type { AdmissionCase, AdmissionRule } from "./rule.ts";
import { requiredCapabilities, theoremPackCapabilities, theoremPacks } from "./runtime-rules.ts";
import { guardCapabilities, imageComplete, linksResolve, seatsFilled } from "./source-rules.ts";

/** Every rule that is always asked, in order. */
export const admissionRules: readonly AdmissionRule[] = [
  imageComplete,
  seatsFilled,
  linksResolve,
  guardCapabilities,
  requiredCapabilities,
  theoremPacks,
  theoremPackCapabilities,
  protocolKnown,
  policyKnown,
  policyFitsClass,
  determinismValid,
  schedulingEnvelope,
  terminationBudget,
];

/**
 * Judges an opening by every rule in order and reports each with its
 * evidence; admitted when all pass. Later rules are asked even when an earlier
 * one refuses, so that the whole of what is missing is seen at once. An
 * opening that asks for a parity profile is judged by that profile's, too.
 */
export const admit = (
  asked: Omit<AdmissionCase, "inventory">,
  inventory: CapabilityInventory = inventoryOf(fullContracts),
): AdmissionReport => {
  const rules = asked.parity === undefined ? admissionRules : [...admissionRules, ...parityRules];
  const judged = rules.map(({ rule, title, source, judge }) => {
    const { outcome, evidence, reason, needs } = judge({ ...asked, inventory });
    return {
      rule,
      title,
      outcome,
      evidence: evidence.map(({ label, value }) => ({ label, value })),
      ...(reason === undefined ? {} : { reason }),
      ...(needs === undefined ? {} : { needs }),
      source,
    };
  });
  return {
    admitted: judged.every(({ outcome }) => outcome === "passed"),
    manifest: { ...asked.manifest },
    policy: asked.manifest.determinism_policy_ref,
    rules: judged,
  };
};
