import type { WorkspaceInput } from "@parley/wire";
import type { CodeImage } from "../machine/code/image.ts";
import { classOfProtocol, policyForRef } from "./execution-policy.ts";
import type { CompositionManifest } from "./manifest.ts";
import { budgetOf, weightOf } from "./termination-budget.ts";

/** A user protocol as the registry holds it. */
export interface Registration {
  readonly protocolId: string;
  readonly class: string;
  readonly budget: number;
  readonly policy: string;
}

type RegistryEntry = Extract<WorkspaceInput, { readonly kind: "protocol.registered" }>;

/**
 * The entry that registers a user protocol before it is admitted (design §7):
 * its id, the class of the policy it is run under and its termination budget,
 * computed from the image. Nothing for a built-in protocol, for one already
 * registered so, or under an unknown policy, which admission then refuses.
 */
export const registryEntry = (
  manifest: CompositionManifest,
  image: CodeImage,
  known: Registration | undefined,
): RegistryEntry | undefined => {
  const { protocol_id: protocolId, determinism_policy_ref: policy } = manifest;
  const resolved = policyForRef(policy);
  if (classOfProtocol(protocolId) !== undefined || resolved === undefined) return undefined;
  const budget = budgetOf(weightOf(image), resolved.class);
  const same = known?.class === resolved.class && known.budget === budget && known.policy === policy;
  return same
    ? undefined
    : { kind: "protocol.registered", protocolId, class: resolved.class, budget, policy };
};
