/** A protocol fact as a row of the closed list: how reducers know it and what it carries. */
export interface ProtocolVariant {
  /** The key of its reducer. */
  readonly subType: string;
  /** Fields it must have. */
  readonly fields: readonly string[];
  /** Fields it may have. */
  readonly optional: readonly string[];
  /** The field that names its context; undefined where the context is derived from the fields. */
  readonly context: "context" | "context_id" | undefined;
}

const row = (
  subType: string,
  fields: string,
  optional = "",
  context: "context" | "context_id" = "context",
): ProtocolVariant => ({
  subType,
  fields: [context, ...fields.split(" ")],
  optional: optional === "" ? [] : optional.split(" "),
  context,
});

/** A variant whose fields say what its context is; facts written with one beside them are read, too. */
const derived = (subType: string, fields: string): ProtocolVariant => ({
  subType,
  fields: fields.split(" "),
  optional: ["context"],
  context: undefined,
});

/** The closed list of protocol facts by variant name (spec/aura-state.md §4.1). */
export const protocolVariants: { readonly [variant: string]: ProtocolVariant } = {
  GuardianBinding: derived("guardian-binding", "account_id guardian_id binding_hash"),
  RecoveryGrant: derived("recovery-grant", "account_id guardian_id grant_hash"),
  Consensus: derived("consensus", "consensus_id operation_hash threshold_met participant_count"),
  AmpChannelCheckpoint: row(
    "amp-channel-checkpoint",
    "channel chan_epoch base_gen window ck_commitment",
    "skip_window_override",
  ),
  AmpProposedChannelEpochBump: row("amp-proposed-epoch-bump", "channel parent_epoch new_epoch transition_id"),
  AmpCertifiedChannelEpochBump: row(
    "amp-certified-epoch-bump",
    "channel parent_epoch successor_epoch transition_id",
  ),
  AmpCommittedChannelEpochBump: row(
    "amp-committed-epoch-bump",
    "channel parent_epoch new_epoch transition_id",
  ),
  AmpFinalizedChannelEpochBump: row(
    "amp-finalized-epoch-bump",
    "channel parent_epoch successor_epoch transition_id",
  ),
  AmpTransitionAbort: row("amp-transition-abort", "channel parent_epoch transition_id"),
  AmpTransitionConflict: row("amp-transition-conflict", "channel parent_epoch transition_ids evidence_id"),
  AmpTransitionSupersession: row(
    "amp-transition-supersession",
    "channel parent_epoch superseded_transition_id superseding_transition_id",
  ),
  AmpEmergencyAlarm: row("amp-emergency-alarm", "channel parent_epoch suspect evidence_id"),
  AmpChannelPolicy: row("amp-channel-policy", "channel", "skip_window"),
  AmpChannelBootstrap: row(
    "amp-channel-bootstrap",
    "channel bootstrap_id dealer recipients created_at",
    "expires_at",
  ),
  LeakageEvent: row(
    "leakage-event",
    "source destination observer amount operation timestamp",
    "",
    "context_id",
  ),
  SessionDelegation: row(
    "session-delegation",
    "session_id from_authority to_authority timestamp",
    "bundle_id",
    "context_id",
  ),
  DkgTranscriptCommit: row(
    "dkg-transcript-commit",
    "epoch membership_hash cutoff package_count transcript_hash",
    "blob_ref byzantine_attestation",
  ),
  ConvergenceCert: row("convergence-cert", "op_id prestate_hash coord_epoch window", "ack_set"),
  ReversionFact: row("reversion-fact", "op_id winner_op_id coord_epoch"),
  RotateFact: row("rotate-fact", "from_state to_state prestate_hash reason"),
};

/** Why fields are not those of a protocol fact. */
export type ProtocolFactFault =
  | { readonly why: "unknown-variant"; readonly variant: string }
  | { readonly why: "missing-field"; readonly variant: string; readonly field: string };

/** What is wrong with a protocol fact: a variant outside the closed list or a field it lacks. Further fields are kept. */
export const protocolFactFault = (
  variant: string,
  fields: { readonly [name: string]: unknown },
): ProtocolFactFault | undefined => {
  const known = Object.hasOwn(protocolVariants, variant) ? protocolVariants[variant] : undefined;
  if (known === undefined) return { why: "unknown-variant", variant };
  const missing = known.fields.find((field) => fields[field] === undefined);
  return missing === undefined ? undefined : { why: "missing-field", variant, field: missing };
};
