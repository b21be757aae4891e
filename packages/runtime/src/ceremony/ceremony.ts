import {
  type Actor,
  type CeremonyRequest,
  type Hash,
  hashValue,
  type SupersessionReason,
} from "@parley/wire";
import type { AgreementMode } from "../journal/ceremony-fact.ts";
import { participantKey } from "./participant.ts";
import { VersionedMap } from "./versioned-map.ts";

/** One participant's word. */
export interface CeremonyAnswer {
  readonly participant: string;
  readonly accept: boolean;
  readonly reason?: string;
  /** Session time, ms. */
  readonly at: number;
}

/** How a ceremony ended. */
export type CeremonyOutcome =
  | { readonly kind: "committed"; readonly consensus: Hash; readonly at: number }
  | { readonly kind: "aborted"; readonly reason: string; readonly at: number; readonly by?: Actor }
  | {
      readonly kind: "superseded";
      readonly by: string;
      readonly reason: SupersessionReason;
      readonly at: number;
    };

/** One operation of category C: asked of several, upon a prestate, until a deadline (spec/aura-runtime.md §15.1). */
export interface Ceremony extends CeremonyRequest {
  readonly startedAt: number;
  readonly deadline: number;
  readonly mode: AgreementMode;
  /** First answers, in order of arrival. */
  readonly answers: readonly CeremonyAnswer[];
  readonly outcome: CeremonyOutcome | null;
  /** Ceremonies whose place it took. */
  readonly supersedes: readonly string[];
}

/** All ceremonies, by id, in the order they began. */
export type Ceremonies = VersionedMap<Ceremony>;

export const noCeremonies: Ceremonies = VersionedMap.of();

/** The id of a ceremony: of what it is upon, what it does, and a nonce that keeps two tries apart. */
export const ceremonyIdOf = (prestate: Hash, operation: Hash, nonce: string): Hash =>
  hashValue("parley.ceremony/1", [prestate, operation, nonce]);

/** Participants who accepted, each once. */
export const acceptedBy = ({ answers }: Ceremony): readonly string[] =>
  answers.filter(({ accept }) => accept).map(({ participant }) => participant);

/** A ceremony of which so many refused that the threshold is out of reach. */
export const cannotPass = (ceremony: Ceremony): boolean => {
  const refused = ceremony.answers.filter(({ accept }) => !accept).length;
  return ceremony.participants.length - refused < ceremony.threshold;
};

/** Where a ceremony stands (spec/aura-runtime.md §15.1), first match. */
export type CeremonyState =
  | { readonly kind: "Committed"; readonly consensus: Hash; readonly at: number }
  | {
      readonly kind: "Superseded";
      readonly by: string;
      readonly reason: SupersessionReason;
      readonly at: number;
    }
  | { readonly kind: "Aborted"; readonly reason: string; readonly at: number }
  | { readonly kind: "Committing" }
  | {
      readonly kind: "PendingEpoch";
      readonly pendingEpoch: number;
      readonly required: number;
      readonly received: number;
    }
  | { readonly kind: "Preparing" };

export const ceremonyState = (ceremony: Ceremony): CeremonyState => {
  const { outcome, threshold, pendingEpoch, answers } = ceremony;
  switch (outcome?.kind) {
    case "committed":
      return { kind: "Committed", consensus: outcome.consensus, at: outcome.at };
    case "superseded":
      return { kind: "Superseded", by: outcome.by, reason: outcome.reason, at: outcome.at };
    case "aborted":
      return { kind: "Aborted", reason: outcome.reason, at: outcome.at };
    default: {
      const received = acceptedBy(ceremony).length;
      if (received >= threshold) return { kind: "Committing" };
      return answers.length > 0
        ? { kind: "PendingEpoch", pendingEpoch, required: threshold, received }
        : { kind: "Preparing" };
    }
  }
};

/** Over when more than its time has passed: at the deadline itself it is still open. */
export const isTimedOut = ({ deadline }: Ceremony, at: number): boolean => at > deadline;

/** Sentences of what does not hold of a ceremony; none of a ceremony the runner made. */
export const brokenCeremonyRules = (ceremony: Ceremony): readonly string[] => {
  const { threshold, participants, answers, outcome } = ceremony;
  const keys = participants.map(participantKey);
  const rules: readonly (readonly [boolean, string])[] = [
    [threshold > 0 && threshold <= participants.length, "the threshold is between one and all"],
    [new Set(keys).size === keys.length, "participants are distinct"],
    [answers.every(({ participant }) => keys.includes(participant)), "answers are of participants"],
    [
      new Set(answers.map(({ participant }) => participant)).size === answers.length,
      "a participant answers once",
    ],
    [
      outcome?.kind !== "committed" || acceptedBy(ceremony).length >= threshold,
      "what is committed was accepted by enough",
    ],
  ];
  return rules.filter(([holds]) => !holds).map(([, rule]) => rule);
};
