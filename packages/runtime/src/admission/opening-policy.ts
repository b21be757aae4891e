import { classOfProtocol, policyForRef, protocolClasses } from "./execution-policy.ts";
import type { CompositionManifest } from "./manifest.ts";

/**
 * The policy an opening runs under: the one asked for, else the manifest's.
 * Where nobody asked and the manifest's is made for another class than the
 * protocol's id belongs to, the id decides (spec/aura-protocols.md §19, P19);
 * admission shows both. One that was asked for and does not fit is refused.
 *
 * @example openingPolicy(otaManifest, undefined) // "aura.vm.sync_anti_entropy.prod"
 */
export const openingPolicy = (manifest: CompositionManifest, asked: string | undefined): string => {
  const named = manifest.determinism_policy_ref;
  const className = classOfProtocol(manifest.protocol_id);
  if (asked !== undefined || className === undefined) return asked ?? named;
  return policyForRef(named)?.class === className ? named : protocolClasses[className].policyRef;
};
