import type { CeremonyRuntime } from "@parley/wire";
import { checkConsensusProfile, requiredArtifacts } from "../../admission/consensus-profile.ts";
import { protocolSurfaces } from "../../admission/protocol-surface.ts";
import {
  requireCapabilities,
  requireProtocolCriticalSurfaces,
} from "../../admission/require-capabilities.ts";
import { DEFAULT_PROFILE, type RuntimeProfile } from "../../admission/runtime-profile.ts";
import { inventoryOfSession } from "../handover/session-runtime.ts";
import { lacksOf } from "../session/session-runtime.ts";

/** What is done with a key that several share. */
export type SharedKeyUse = "key generation" | "threshold signing";

/** That the runtime of a ceremony lacks what its shared key asks for. */
export interface RuntimeLacks {
  readonly code: "PAR8201";
  readonly variant: "MissingCapability";
  /** The first key or surface that is absent or false. */
  readonly capability: string;
  readonly profile: string;
  readonly operation: SharedKeyUse;
}

/** Surfaces that signing reads through, proves by and names with. */
const evidence = protocolSurfaces.filter((surface) => surface.class === "evidence").map(({ name }) => name);

/** What a ceremony records of its runtime; nothing of the full one, which is what a log without it means. */
export const recordedRuntime = (profile: RuntimeProfile): CeremonyRuntime | undefined => {
  if (profile.name === DEFAULT_PROFILE) return undefined;
  const lacks = lacksOf(profile);
  return { profile: profile.name, ...(lacks.length === 0 ? {} : { lacks }) };
};

/**
 * Why a shared key cannot be made or used on the runtime of a ceremony: from
 * the inventory that handoffs read, key generation asks for what its protocol
 * does, signing for the profile of consensus and the surfaces of evidence
 * (spec/aura-runtime.md §3.2, §3.6).
 */
export const sharedKeyError = (
  runtime: CeremonyRuntime | undefined,
  operation: SharedKeyUse,
): RuntimeLacks | undefined => {
  const inventory = inventoryOfSession({ runtime });
  const error =
    checkConsensusProfile("ThresholdSigning", inventory) ??
    (operation === "key generation"
      ? requireCapabilities(inventory, requiredArtifacts("aura.dkg.ceremony"))
      : requireProtocolCriticalSurfaces(inventory, evidence));
  if (error?.variant !== "MissingCapability") return undefined;
  return { ...error, profile: runtime?.profile ?? DEFAULT_PROFILE, operation };
};

export const runtimeLacksText = ({ capability, profile, operation }: RuntimeLacks): string =>
  `${operation} needs ${capability}, which the runtime ${profile} does not have`;
