import { reservedPack } from "@parley/core";

/** A pack that is named and has no policy: requiring it is always refused. */
export interface ReservedPack {
  readonly name: string;
  /** Keys it would declare; none of them is in any inventory. */
  readonly candidates: readonly { readonly key: string; readonly missing: string }[];
  /** Who would require it. */
  readonly candidateFor: readonly string[];
  /** What would have to be so before it gets a policy, in order. */
  readonly reopens: readonly string[];
}

/** `AuraConsensusDeployment` (spec/aura-protocols.md §2.4): reserved for the deployment of consensus. */
export const consensusDeployment: ReservedPack = {
  name: reservedPack,
  candidates: [
    { key: "consensus_envelope", missing: "no consumer asks for it when consensus is launched" },
    {
      key: "atomic_broadcast_ordering",
      missing: "no consumer asks for it: votes are gathered, not broadcast in one order",
    },
    {
      key: "partial_synchrony_liveness",
      missing: "no consumer asks for it: what comes too late does not count, and nothing is promised",
    },
  ],
  candidateFor: ["aura.consensus"],
  reopens: [
    "consensus is launched as an admitted session rather than by its own module",
    "each candidate key is in the runtime's inventory and has somebody who asks for it",
    "a launch without it is refused, and a test shows that",
    "a launch with it is admitted, and a test shows that",
  ],
};
