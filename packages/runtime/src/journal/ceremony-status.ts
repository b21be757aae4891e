import { encodeCanonical } from "@parley/wire";
import { compareBytes, zeroHash } from "./byte-order.ts";
import type { CeremonyFact, OwnCeremonyFact } from "./ceremony-fact.ts";
import { ceremonyVariants } from "./ceremony-fact.ts";

/** The standard status view of a ceremony (spec/aura-state.md §16). */
export type CeremonyStatus =
  | { readonly state: "Preparing" }
  | {
      readonly state: "PendingEpoch";
      readonly pendingEpoch: number;
      readonly requiredResponses: number;
      readonly receivedResponses: number;
    }
  | {
      readonly state: "Committed";
      readonly relationshipId: string;
      readonly consensusId: string;
      readonly committedAt: number;
    }
  | { readonly state: "Aborted"; readonly reason: string; readonly abortedAt: number }
  | { readonly state: "Superseded"; readonly by: string; readonly reason: string };

/** A fact of a ceremony: one of the five, or one that its protocol adds. */
export type FactOfCeremony = CeremonyFact | OwnCeremonyFact;

/** Steps a protocol adds lie between the first and the last of a ceremony. */
const rank = ({ kind }: FactOfCeremony): number => {
  const step = (ceremonyVariants as readonly string[]).indexOf(kind);
  return step < 0 ? 1 : step;
};

/**
 * Facts of one ceremony in the order that decides its status: by how far the
 * step is, then by time, then by content. It depends on the set alone; a
 * ceremony that ended stays ended whatever arrives late, and one that committed
 * somewhere is committed.
 */
export const ceremonyOrder = (a: FactOfCeremony, b: FactOfCeremony): number =>
  rank(a) - rank(b) ||
  (a.timestamp_ms ?? 0) - (b.timestamp_ms ?? 0) ||
  compareBytes(encodeCanonical(a), encodeCanonical(b));

const pendingOf = (facts: readonly CeremonyFact[]): CeremonyStatus => {
  const initiated = facts.find((fact) => fact.kind === "CeremonyInitiated");
  const acceptances = facts.filter((fact) => fact.kind === "CeremonyAcceptanceReceived");
  return {
    state: "PendingEpoch",
    pendingEpoch: 0,
    requiredResponses: initiated?.required_responses ?? 0,
    receivedResponses: new Set(acceptances.flatMap(({ participant }) => participant ?? [])).size,
  };
};

/**
 * The standard status of one ceremony from its facts, in any order; undefined
 * without facts. Differs from the reference in that the last step decides and
 * not the last arrival, and that acceptances by name are counted once each.
 */
export const ceremonyStatus = (facts: readonly CeremonyFact[]): CeremonyStatus | undefined => {
  const last = [...facts].sort(ceremonyOrder).at(-1);
  if (last === undefined) return undefined;
  switch (last.kind) {
    case "CeremonyInitiated":
      return { state: "Preparing" };
    case "CeremonyAcceptanceReceived":
      return pendingOf(facts);
    case "CeremonyCommitted":
      return {
        state: "Committed",
        relationshipId: last.relationship_id,
        consensusId: last.consensus_id ?? zeroHash,
        committedAt: last.committed_at ?? last.timestamp_ms,
      };
    case "CeremonyAborted":
      return { state: "Aborted", reason: last.reason, abortedAt: last.timestamp_ms };
    case "CeremonySuperseded":
      return { state: "Superseded", by: last.superseding_ceremony_id, reason: last.reason };
  }
};
