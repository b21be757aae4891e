/** Where a protocol stands towards theorem packs (spec/aura-protocols.md §2.4, §14). */
export type PackStanding = "adopted" | "later-evaluation" | "explicit-non-goal" | "pack-free";

export interface TaxonomyRow {
  /** Protocol id; the qualified name where it has no other. */
  readonly id: string;
  readonly qualifiedName: string;
  readonly standing: PackStanding;
  /** When it was, or would be, taken up. */
  readonly wave: "first" | "second" | null;
  /** The pack it requires, or would. */
  readonly pack: string | null;
  readonly reason: string;
}

const row = (
  id: string,
  qualifiedName: string,
  standing: PackStanding,
  reason: string,
  of: Partial<Pick<TaxonomyRow, "wave" | "pack">> = {},
): TaxonomyRow => ({ id, qualifiedName, standing, reason, wave: of.wave ?? null, pack: of.pack ?? null });

const free = (id: string, qualifiedName: string, reason: string): TaxonomyRow =>
  row(id, qualifiedName, "pack-free", reason);

const transition = "AuraTransitionSafety";
const evidence = "AuraAuthorityEvidence";
const privacy =
  "the control plane of adaptive privacy has no class of its own and is admitted through the registry; a pack would say nothing of its anonymity";
const emergency =
  "the epoch of a channel is agreed by its witnesses; what the switch of keys needs is checked when they are used";

/** Every protocol of the guide with its standing and the reason for it. */
export const packTaxonomy: readonly TaxonomyRow[] = [
  row(
    "aura.sync.ota_activation",
    "ota_activation.OTAActivationProtocol",
    "adopted",
    "an activation replaces the running version everywhere: without typed receipts nobody can tell who has switched",
    { wave: "first", pack: transition },
  ),
  row(
    "aura.sync.device_epoch_rotation",
    "device_epoch_rotation.DeviceEpochRotationProtocol",
    "adopted",
    "a new epoch takes keys from a device: the transition must leave receipts or the removed device may act on",
    { wave: "first", pack: transition },
  ),
  row(
    "aura.recovery.grant",
    "recovery_protocol.RecoveryProtocol",
    "adopted",
    "guardians give an account a new root: each approval must rest on an authoritative read of what they guard",
    { wave: "first", pack: evidence },
  ),
  row(
    "aura.recovery.guardian_setup",
    "guardian_setup.GuardianSetup",
    "adopted",
    "who may recover an account later is decided here, and is proved from this evidence",
    { wave: "first", pack: evidence },
  ),
  row(
    "aura.recovery.guardian_ceremony",
    "guardian_ceremony.GuardianCeremony",
    "adopted",
    "a rotation of guardian keys replaces evidence that recoveries rely on",
    { wave: "second", pack: evidence },
  ),
  row(
    "aura.recovery.guardian_membership_change",
    "guardian_membership_change.GuardianMembershipChange",
    "explicit-non-goal",
    "a candidate: it hands the bundle guardian_handoff over, and the handoff asks for its own surfaces; being a sibling of recovery is no reason",
    { wave: "second", pack: evidence },
  ),
  row(
    "aura.invitation.device_enrollment",
    "invitation_device_enrollment.DeviceEnrollment",
    "explicit-non-goal",
    "a candidate: it carries the bundle device_migration, whose link is checked at reconfiguration; the enrolment itself is settled by its ceremony",
    { wave: "second", pack: transition },
  ),
  row(
    "aura.consensus",
    "aura_consensus.AuraConsensus",
    "later-evaluation",
    "its deployment would need a pack that is only reserved; until then the consensus profiles ask for what it needs",
    { pack: "AuraConsensusDeployment" },
  ),
  free(
    "aura.session.coordination",
    "session_coordination.SessionCoordinationChoreography",
    "it changes no authority; the sessions it starts are admitted one by one",
  ),
  free(
    "aura.amp.transport",
    "amp_transport.AmpTransport",
    "the data plane forwards what was admitted elsewhere; a pack would be asked for with every message",
  ),
  free(
    "aura.dkg.ceremony",
    "dkd_protocol.DkdChoreography",
    "its startup capabilities already ask for a byzantine envelope and bounded termination",
  ),
  free(
    "aura.authentication.guardian_auth_relational",
    "guardian_auth_relational.GuardianAuthRelational",
    "it proves itself by its signatures; symmetry with recovery is no reason",
  ),
  free(
    "aura.invitation.exchange",
    "invitation.InvitationExchange",
    "a plain invitation is settled by its answer",
  ),
  free(
    "aura.invitation.guardian",
    "invitation_guardian.GuardianInvitation",
    "what follows from the acceptance asks for its own evidence at the setup",
  ),
  free(
    "aura.rendezvous.exchange",
    "rendezvous.RendezvousExchange",
    "it finds a peer and opens a channel; no authority or ownership changes hands",
  ),
  free(
    "aura.rendezvous.relay",
    "rendezvous_relay.RelayedRendezvous",
    "a relay passes on what it cannot read; there is nothing it could give evidence of",
  ),
  free(
    "aura.sync.epoch_rotation",
    "epoch_rotation.EpochRotationProtocol",
    "its startup capabilities ask for bounded termination; symmetry with the device rotation is no reason",
  ),
  free("amp_epoch_transition.AmpEpochTransition", "amp_epoch_transition.AmpEpochTransition", emergency),
  free(
    "amp_epoch_transition_quarantine.AmpEpochTransitionQuarantine",
    "amp_epoch_transition_quarantine.AmpEpochTransitionQuarantine",
    emergency,
  ),
  free(
    "amp_epoch_transition_cryptoshred.AmpEpochTransitionCryptoshred",
    "amp_epoch_transition_cryptoshred.AmpEpochTransitionCryptoshred",
    emergency,
  ),
  ...[
    "anonymous_path_establish.AnonymousPathEstablishProtocol",
    "move_receipt_reply_block.MoveReceiptReplyBlockProtocol",
    "hold_deposit_reply_block.HoldDepositReplyBlockProtocol",
    "hold_retrieval_reply_block.HoldRetrievalReplyBlockProtocol",
    "hold_audit_reply_block.HoldAuditReplyBlockProtocol",
  ].map((name) => free(name, name, privacy)),
];

/** The standing of a protocol by its id; `undefined` for one the guide does not name. */
export const taxonomyOf = (protocolId: string): TaxonomyRow | undefined =>
  packTaxonomy.find(({ id, qualifiedName }) => id === protocolId || qualifiedName === protocolId);

/** What no pack is ever asked for, whatever the protocol. */
export const neverPacked: readonly { readonly what: string; readonly reason: string }[] = [
  {
    what: "forwarding on the data plane and Move envelopes",
    reason: "they carry what was admitted elsewhere",
  },
  { what: "cover traffic", reason: "asking for evidence would make it tell itself apart" },
  {
    what: "looking hints up and refreshing caches",
    reason: "they stay inside one runtime and no protocol runs",
  },
  { what: "fixtures", reason: "they are never launched" },
];
