import { type PackPolicy, packPolicy, reservedPack } from "@parley/core";
import type { AdmissionError } from "./admission-error.ts";
import { sortedSet } from "./by-code-point.ts";
import { type CapabilityInventory, missingCapability } from "./capability-inventory.ts";
import type { CompositionManifest } from "./manifest.ts";
import { requireCapabilities } from "./require-capabilities.ts";

/** What a manifest asks, as far as admission reads it. */
export type RequiringManifest = Pick<
  CompositionManifest,
  "required_capabilities" | "theorem_packs" | "required_theorem_packs" | "required_theorem_pack_capabilities"
>;

/** What a required pack asks of the runtime, in the order it is checked. */
export interface TheoremPackRequirement {
  readonly theorem_pack: string;
  readonly declared_capabilities: readonly string[];
  readonly required_runtime_capabilities: readonly string[];
}

export interface AdmissionRequirements {
  /** Keys required by themselves, in code point order. */
  readonly required_runtime_capabilities: readonly string[];
  readonly theorem_pack_requirements: readonly TheoremPackRequirement[];
}

export type Requirements =
  | { readonly ok: true; readonly requirements: AdmissionRequirements }
  | { readonly ok: false; readonly error: AdmissionError };

const sameSet = (a: readonly string[], b: readonly string[]): boolean =>
  new Set(a).size === new Set(b).size && a.every((value) => b.includes(value));

const refusedPack = (pack: string, why: "undeclared" | "unknown" | "reserved"): AdmissionError => ({
  code: "PAR8202",
  variant: "MissingTheoremPack",
  theorem_pack: pack,
  why,
});

const drifted = (reason: string): AdmissionError => ({ code: "PAR8206", variant: "Internal", reason });

const packRequirement = (
  manifest: RequiringManifest,
  pack: string,
): TheoremPackRequirement | AdmissionError => {
  const declaration = manifest.theorem_packs.find(({ name }) => name === pack);
  if (declaration === undefined) return refusedPack(pack, "undeclared");
  const policy: PackPolicy | undefined = packPolicy(pack);
  if (policy === undefined) return refusedPack(pack, pack === reservedPack ? "reserved" : "unknown");
  if (!sameSet(declaration.capabilities, policy.declared))
    return drifted(`the declaration of ${pack} has drifted from the one its policy knows`);
  return {
    theorem_pack: pack,
    declared_capabilities: sortedSet(declaration.capabilities),
    required_runtime_capabilities: policy.demanded,
  };
};

/**
 * The one place that translates a manifest's packs to what the runtime must
 * have (spec/aura-runtime.md §3.5): every required pack in order must be
 * declared, known, and declare exactly what its policy says; then the
 * flattened list must be the union of the declarations. A pack that is
 * declared and not required has no effect. The policies are those of the
 * language, so that editor and admission cannot differ.
 */
export const manifestAdmissionRequirements = (manifest: RequiringManifest): Requirements => {
  const packs: TheoremPackRequirement[] = [];
  for (const pack of manifest.required_theorem_packs) {
    const found = packRequirement(manifest, pack);
    if ("variant" in found) return { ok: false, error: found };
    packs.push(found);
  }
  const union = packs.flatMap(({ declared_capabilities }) => declared_capabilities);
  if (!sameSet(union, manifest.required_theorem_pack_capabilities))
    return {
      ok: false,
      error: drifted("the flattened list of pack capabilities has drifted from the declarations"),
    };
  return {
    ok: true,
    requirements: {
      required_runtime_capabilities: sortedSet(manifest.required_capabilities),
      theorem_pack_requirements: packs,
    },
  };
};

/** Every key a manifest needs, of its own and of its packs, each once and in order. */
export const requiredCapabilityKeys = (manifest: RequiringManifest): Requirements | readonly string[] => {
  const resolved = manifestAdmissionRequirements(manifest);
  if (!resolved.ok) return resolved;
  const { required_runtime_capabilities, theorem_pack_requirements } = resolved.requirements;
  return sortedSet([
    ...required_runtime_capabilities,
    ...theorem_pack_requirements.flatMap((pack) => pack.required_runtime_capabilities),
  ]);
};

/** The refusal of the first pack capability the runtime lacks. */
export const requirePacks = (
  inventory: CapabilityInventory,
  packs: readonly TheoremPackRequirement[],
): AdmissionError | undefined => {
  for (const { theorem_pack, required_runtime_capabilities } of packs) {
    const capability = missingCapability(inventory, required_runtime_capabilities);
    if (capability !== undefined)
      return { code: "PAR8203", variant: "MissingTheoremPackCapability", theorem_pack, capability };
  }
  return undefined;
};

/** Admits a manifest's requirements against an inventory: plain capabilities, then packs in order (spec/aura-runtime.md §3.7). */
export const admitManifest = (
  manifest: RequiringManifest,
  inventory: CapabilityInventory,
): AdmissionError | undefined => {
  const resolved = manifestAdmissionRequirements(manifest);
  if (!resolved.ok) return resolved.error;
  const { required_runtime_capabilities, theorem_pack_requirements } = resolved.requirements;
  return (
    requireCapabilities(inventory, required_runtime_capabilities) ??
    requirePacks(inventory, theorem_pack_requirements)
  );
};
