import { missingCapability } from "./capability-inventory.ts";
import { type AdmissionRule, needing, passed, refusedBy, shown } from "./rule.ts";
import { resolvePacks } from "./theorem-packs.ts";

/** The capabilities the manifest requires are in the runtime's inventory (aura-runtime §3.3, §3.7). */
export const requiredCapabilities: AdmissionRule = {
  rule: "required-capabilities",
  title: "The runtime has the capabilities required",
  source: "aura-runtime §3.3",
  judge: ({ manifest, inventory }) => {
    const required = [...manifest.required_capabilities].sort();
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
    const resolved = resolvePacks(manifest);
    const required = shown("required", manifest.required_theorem_packs);
    if (resolved.ok) return passed(required);
    const { error } = resolved;
    if (error.kind === "Drifted")
      return refusedBy(`the declaration of ${error.pack} is not the one its policy knows`, required);
    return error.why === "undeclared"
      ? needing(`${error.pack} is required but not declared`, `a proof bundle ${error.pack}`, required)
      : refusedBy(`no policy knows the theorem pack ${error.pack}`, required);
  },
};

/** The runtime provides what each required pack asks of it (aura-runtime §3.4). */
export const theoremPackCapabilities: AdmissionRule = {
  rule: "theorem-pack-capabilities",
  title: "The runtime carries the required packs",
  source: "aura-runtime §3.4",
  judge: ({ manifest, inventory }) => {
    const resolved = resolvePacks(manifest);
    if (!resolved.ok) return refusedBy("the required packs do not resolve");
    for (const { pack, runtime } of resolved.packs) {
      const missing = missingCapability(inventory, runtime);
      if (missing !== undefined)
        return needing(
          `${pack} needs ${missing}, which the runtime does not provide`,
          `a runtime whose contracts include ${missing}`,
          shown("pack", pack),
          shown("checked", runtime),
        );
    }
    return passed(
      shown(
        "packs",
        resolved.packs.map(({ pack }) => pack),
      ),
    );
  },
};
