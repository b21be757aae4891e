import { packPolicy } from "@parley/core";
import type { CompositionManifest } from "./manifest.ts";

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

/**
 * Resolves every required pack in order: declared, known, and declaring exactly
 * what its policy says (aura-runtime §3.5). The policies are those of the
 * language, so that editor and admission cannot differ.
 */
export const resolvePacks = (manifest: CompositionManifest): ResolvedPacks => {
  const packs: PackRequirement[] = [];
  for (const pack of manifest.required_theorem_packs) {
    const declaration = manifest.theorem_packs.find(({ name }) => name === pack);
    if (declaration === undefined)
      return { ok: false, error: { kind: "MissingTheoremPack", pack, why: "undeclared" } };
    const known = packPolicy(pack);
    if (known === undefined)
      return { ok: false, error: { kind: "MissingTheoremPack", pack, why: "unknown" } };
    if (!sameSet(declaration.capabilities, known.declared))
      return { ok: false, error: { kind: "Drifted", pack } };
    packs.push({ pack, runtime: known.demanded });
  }
  return { ok: true, packs };
};
