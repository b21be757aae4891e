import { type Hash, hashValue } from "@parley/wire";

/** What a channel's change of epoch is: both sides of it, and under which policy (spec/aura-state.md §6.3). */
export interface AmpTransitionIdentity {
  readonly context: string;
  readonly channel: string;
  readonly parent_epoch: number;
  readonly parent_commitment: Hash;
  readonly successor_epoch: number;
  readonly successor_commitment: Hash;
  readonly membership_commitment: Hash;
  readonly transition_policy: AmpPolicy;
}

export type AmpPolicy =
  | "NormalTransition"
  | "AdditiveTransition"
  | "SubtractiveTransition"
  | "EmergencyQuarantineTransition"
  | "EmergencyCryptoshredTransition";

/** Names a transition: of every field of its identity. */
export const ampTransitionId = (identity: AmpTransitionIdentity): Hash =>
  hashValue("parley.amp.transition/1", identity);

/** Why a channel moves, and the policy that follows; the two urgent ones pass the spacing rules by. */
export const bumpPolicy = {
  Routine: "NormalTransition",
  SuspiciousActivity: "EmergencyQuarantineTransition",
  ConfirmedCompromise: "EmergencyCryptoshredTransition",
} as const satisfies { readonly [reason: string]: AmpPolicy };

/** A protocol fact about a channel, as its fields. */
export interface AmpFact {
  readonly variant: string;
  readonly fields: { readonly [name: string]: unknown };
}

export type AmpStatus =
  | "Observed"
  | "A2Live"
  | "A2Conflict"
  | "A3Finalized"
  | "A3Conflict"
  | "Aborted"
  | "Superseded";

/** Everything said about the transitions out of one epoch of one channel. */
export interface AmpGroup {
  readonly context: string;
  readonly channel: string;
  readonly parentEpoch: number;
  readonly parentCommitment: Hash;
  readonly status: AmpStatus;
  /** The one transition that may be used provisionally. */
  readonly live: Hash | null;
  readonly finalized: Hash | null;
  readonly suspects: readonly string[];
  readonly alarms: readonly Hash[];
  readonly quarantineEpochs: readonly number[];
  /** Epochs before which readable state is destroyed. */
  readonly pruneBefore: readonly number[];
}

const text = (value: unknown): string => (typeof value === "string" ? value : "");
const natural = (value: unknown): number => (Number.isSafeInteger(value) ? Number(value) : -1);
const list = (value: unknown): readonly string[] =>
  Array.isArray(value) ? value.filter((one): one is string => typeof one === "string") : [];

const identityOf = ({ fields }: AmpFact): AmpTransitionIdentity => ({
  context: text(fields.context),
  channel: text(fields.channel),
  parent_epoch: natural(fields.parent_epoch),
  parent_commitment: text(fields.parent_commitment),
  successor_epoch: natural(fields.successor_epoch ?? fields.new_epoch),
  successor_commitment: text(fields.successor_commitment),
  membership_commitment: text(fields.membership_commitment),
  transition_policy: (text(fields.transition_policy) || "NormalTransition") as AmpPolicy,
});

/** A transition counts when it leads one epoch on and its id is that of what it says. */
const valid = (fact: AmpFact): boolean => {
  const identity = identityOf(fact);
  return (
    identity.successor_epoch === identity.parent_epoch + 1 &&
    ampTransitionId(identity) === text(fact.fields.transition_id)
  );
};

/** A certificate needs a payload and distinct witnesses, as many as its threshold. */
const certified = (fact: AmpFact): boolean => {
  const threshold = natural(fact.fields.threshold);
  const digest = text(fact.fields.payload_digest);
  return (
    valid(fact) &&
    digest !== "" &&
    !/^0*$/.test(digest) &&
    threshold > 0 &&
    new Set(list(fact.fields.witnesses)).size >= threshold
  );
};

interface Gathered {
  readonly certified: Set<Hash>;
  readonly finalized: Set<Hash>;
  readonly suppressed: Set<Hash>;
  readonly finalSuppressed: Set<Hash>;
  superseded: boolean;
  conflict: boolean;
  readonly suspects: Set<string>;
  readonly alarms: Set<Hash>;
  readonly quarantine: Set<number>;
  readonly prune: Set<number>;
}

const noteEffects = (fact: AmpFact, into: Gathered): void => {
  const { transition_policy: policy, successor_epoch, parent_epoch } = identityOf(fact);
  for (const one of list(fact.fields.excluded)) into.suspects.add(one);
  if (policy === "EmergencyQuarantineTransition") into.quarantine.add(successor_epoch);
  if (policy === "EmergencyCryptoshredTransition" || fact.fields.destroys_readable === true)
    into.prune.add(parent_epoch);
};

const gather = (fact: AmpFact, into: Gathered): void => {
  const { fields } = fact;
  const id = text(fields.transition_id);
  switch (fact.variant) {
    case "AmpCertifiedChannelEpochBump":
      if (!certified(fact)) return;
      into.certified.add(id);
      noteEffects(fact, into);
      return;
    case "AmpCommittedChannelEpochBump":
    case "AmpFinalizedChannelEpochBump":
      if (!valid(fact)) return;
      into.finalized.add(id);
      noteEffects(fact, into);
      return;
    case "AmpTransitionAbort":
    case "AmpTransitionSupersession": {
      const gone = id === "" ? text(fields.superseded_transition_id) : id;
      into.suppressed.add(gone);
      if (fields.scope === "A2AndA3") into.finalSuppressed.add(gone);
      if (fact.variant === "AmpTransitionSupersession") into.superseded = true;
      return;
    }
    case "AmpTransitionConflict":
      into.conflict = true;
      return;
    case "AmpEmergencyAlarm":
      into.suspects.add(text(fields.suspect));
      into.alarms.add(text(fields.evidence_id));
      return;
    default:
  }
};

const statusOf = (seen: Gathered): Pick<AmpGroup, "status" | "live" | "finalized"> => {
  const certifiedIds = [...seen.certified].filter((id) => !seen.suppressed.has(id)).sort();
  const finalizedIds = [...seen.finalized].filter((id) => !seen.finalSuppressed.has(id)).sort();
  const none = { live: null, finalized: null };
  const [final] = finalizedIds;
  const [live] = certifiedIds;
  if (
    finalizedIds.length > 1 ||
    (final !== undefined && certifiedIds.length > 0 && !certifiedIds.includes(final))
  )
    return { status: "A3Conflict", ...none };
  if (final !== undefined) return { status: "A3Finalized", live: null, finalized: final };
  if (!seen.conflict && live !== undefined && certifiedIds.length === 1)
    return { status: "A2Live", live, finalized: null };
  if (seen.conflict || certifiedIds.length > 1) return { status: "A2Conflict", ...none };
  if (seen.suppressed.size > 0) return { status: seen.superseded ? "Superseded" : "Aborted", ...none };
  return { status: "Observed", ...none };
};

/**
 * Every group of transitions among facts, by channel, then epoch. It depends
 * on the set of facts alone; between certificates nothing is ever decided by
 * order.
 */
export const ampGroups = (facts: readonly AmpFact[]): readonly AmpGroup[] => {
  const keyed = Map.groupBy(
    facts.filter(({ variant }) => variant.startsWith("Amp") && !variant.startsWith("AmpChannel")),
    ({ fields }) =>
      JSON.stringify([
        text(fields.context),
        text(fields.channel),
        natural(fields.parent_epoch),
        text(fields.parent_commitment),
      ]),
  );
  return [...keyed]
    .map(([key, own]): AmpGroup => {
      const [context, channel, parentEpoch, parentCommitment] = JSON.parse(key) as [
        string,
        string,
        number,
        string,
      ];
      const seen: Gathered = {
        certified: new Set(),
        finalized: new Set(),
        suppressed: new Set(),
        finalSuppressed: new Set(),
        superseded: false,
        conflict: false,
        suspects: new Set(),
        alarms: new Set(),
        quarantine: new Set(),
        prune: new Set(),
      };
      for (const fact of own) gather(fact, seen);
      return {
        context,
        channel,
        parentEpoch,
        parentCommitment,
        ...statusOf(seen),
        suspects: [...seen.suspects].sort(),
        alarms: [...seen.alarms].sort(),
        quarantineEpochs: [...seen.quarantine].sort((a, b) => a - b),
        pruneBefore: [...seen.prune].sort((a, b) => a - b),
      };
    })
    .sort(
      (a, b) =>
        (a.channel < b.channel ? -1 : a.channel > b.channel ? 1 : 0) ||
        a.parentEpoch - b.parentEpoch ||
        (a.parentCommitment < b.parentCommitment ? -1 : 1),
    );
};
