import type { CompositionManifest } from "./manifest.ts";

const ADHERENCE = "protocol_machine_envelope_adherence";
const ADMISSION = "protocol_machine_envelope_admission";
const BRIDGE = "protocol_envelope_bridge";

interface PackPolicy {
  /** What its declaration must contain, as a set. */
  readonly declared: readonly string[];
  /** What the runtime must provide, in the order checked. */
  readonly runtime: readonly string[];
}

const policy = (declared: readonly string[], surfaces: readonly string[]): PackPolicy => ({
  declared,
  runtime: ["theorem_pack_capabilities", ...declared, ...surfaces],
});

/** Theorem packs the runtime knows (aura-runtime §3.4); any other is refused, the reserved one too. */
const packPolicies: ReadonlyMap<string, PackPolicy> = new Map([
  [
    "AuraTransitionSafety",
    policy(
      [ADHERENCE, ADMISSION, BRIDGE, "reconfiguration_safety"],
      ["ownership_receipt", "semantic_handoff", "reconfiguration_transition"],
    ),
  ],
  [
    "AuraAuthorityEvidence",
    policy(
      [ADHERENCE, ADMISSION, BRIDGE],
      ["authoritative_read", "materialization_proof", "canonical_handle"],
    ),
  ],
]);

export type PackError =
  | { readonly kind: "MissingTheoremPack"; readonly pack: string; readonly why: "undeclared" | "unknown" }
  | { readonly kind: "Drifted"; readonly pack: string };

/** What a required pack asks of the runtime. */
export interface PackRequirement {
  readonly pack: string;
  readonly runtime: readonly string[];
}

export type ResolvedPacks =
  | { readonly ok: true; readonly packs: readonly PackRequirement[] }
  | { readonly ok: false; readonly error: PackError };

const sameSet = (a: readonly string[], b: readonly string[]): boolean =>
  new Set(a).size === new Set(b).size && a.every((value) => b.includes(value));

/** Resolves every required pack in order: declared, known, and declaring exactly what its policy says (aura-runtime §3.5). */
export const resolvePacks = (manifest: CompositionManifest): ResolvedPacks => {
  const packs: PackRequirement[] = [];
  for (const pack of manifest.required_theorem_packs) {
    const declaration = manifest.theorem_packs.find(({ name }) => name === pack);
    if (declaration === undefined)
      return { ok: false, error: { kind: "MissingTheoremPack", pack, why: "undeclared" } };
    const known = packPolicies.get(pack);
    if (known === undefined)
      return { ok: false, error: { kind: "MissingTheoremPack", pack, why: "unknown" } };
    if (!sameSet(declaration.capabilities, known.declared))
      return { ok: false, error: { kind: "Drifted", pack } };
    packs.push({ pack, runtime: known.runtime });
  }
  return { ok: true, packs };
};
