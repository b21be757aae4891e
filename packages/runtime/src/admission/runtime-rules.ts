import { admissionErrorText } from "./admission-error.ts";
import { manifestAdmissionRequirements, requirePacks } from "./admission-requirements.ts";
import { sortedSet } from "./by-code-point.ts";
import { missingCapability } from "./capability-inventory.ts";
import { consensusDeployment } from "./reserved-pack.ts";
import { type AdmissionRule, needing, passed, refusedBy, shown } from "./rule.ts";

/** The capabilities the manifest requires are in the runtime's inventory (aura-runtime §3.3, §3.7). */
export const requiredCapabilities: AdmissionRule = {
  rule: "required-capabilities",
  title: "The runtime has the capabilities required",
  source: "aura-runtime §3.3",
  judge: ({ manifest, inventory }) => {
    const required = sortedSet(manifest.required_capabilities);
    const missing = missingCapability(inventory, required);
    return missing === undefined
      ? passed(shown("required", required))
      : needing(
          `the runtime does not provide ${missing}`,
          `a runtime whose contracts include ${missing}`,
          shown("required", required),
        );
  },
};

/** Required theorem packs are declared, known and exactly as their policy says (aura-runtime §3.4, §3.5). */
export const theoremPacks: AdmissionRule = {
  rule: "theorem-packs",
  title: "Required theorem packs resolve",
  source: "aura-runtime §3.5",
  judge: ({ manifest }) => {
    const resolved = manifestAdmissionRequirements(manifest);
    const required = shown("required", manifest.required_theorem_packs);
    if (resolved.ok) return passed(required);
    const { error } = resolved;
    const reason = admissionErrorText(error);
    const evidence = [required, shown("error", error.variant)];
    if (error.variant !== "MissingTheoremPack")
      return needing(
        reason,
        "a declaration that is the policy's again, and a manifest made from it",
        ...evidence,
      );
    return error.why === "undeclared"
      ? needing(reason, `a proof bundle ${error.theorem_pack}`, ...evidence)
      : refusedBy(
          reason,
          ...evidence,
          ...(error.why === "reserved" ? [shown("what would reopen it", consensusDeployment.reopens)] : []),
        );
  },
};

/** The runtime provides what each required pack asks of it (aura-runtime §3.4). */
export const theoremPackCapabilities: AdmissionRule = {
  rule: "theorem-pack-capabilities",
  title: "The runtime carries the required packs",
  source: "aura-runtime §3.4",
  judge: ({ manifest, inventory }) => {
    const resolved = manifestAdmissionRequirements(manifest);
    if (!resolved.ok) return refusedBy("the required packs do not resolve");
    const packs = resolved.requirements.theorem_pack_requirements;
    const error = requirePacks(inventory, packs);
    if (error?.variant === "MissingTheoremPackCapability")
      return needing(
        admissionErrorText(error),
        `a runtime whose contracts include ${error.capability}`,
        shown("pack", error.theorem_pack),
        shown(
          "checked",
          packs.find(({ theorem_pack }) => theorem_pack === error.theorem_pack)
            ?.required_runtime_capabilities ?? [],
        ),
      );
    return passed(
      shown(
        "packs",
        packs.map(({ theorem_pack }) => theorem_pack),
      ),
    );
  },
};
