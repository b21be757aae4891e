/** What the runtime knows of a built-in protocol before it reads its source (aura-runtime §2.2). */
export interface StartupDefaults {
  /** Absent for a protocol that is not built in: its id is then its qualified name. */
  readonly protocolId?: string;
  readonly capabilities: readonly string[];
  readonly policyRef: string;
}

const PROD = "aura.vm.prod.default";
const GRANT = "aura.vm.recovery_grant.prod";
const SYNC = "aura.vm.sync_anti_entropy.prod";

const entry = (protocolId: string, policyRef = PROD, ...capabilities: string[]): StartupDefaults => ({
  protocolId,
  capabilities,
  policyRef,
});

/** Startup defaults by qualified name (`namespace.Name`). */
export const startupDefaultsTable: { readonly [qualifiedName: string]: StartupDefaults } = {
  "aura_consensus.AuraConsensus": entry(
    "aura.consensus",
    "aura.vm.consensus_fallback.prod",
    "byzantine_envelope",
  ),
  "dkd_protocol.DkdChoreography": entry(
    "aura.dkg.ceremony",
    "aura.vm.dkg_ceremony.prod",
    "byzantine_envelope",
    "termination_bounded",
  ),
  "recovery_protocol.RecoveryProtocol": entry("aura.recovery.grant", GRANT, "termination_bounded"),
  "ota_activation.OTAActivationProtocol": entry("aura.sync.ota_activation", GRANT),
  "epoch_rotation.EpochRotationProtocol": entry("aura.sync.epoch_rotation", SYNC, "termination_bounded"),
  "device_epoch_rotation.DeviceEpochRotationProtocol": entry(
    "aura.sync.device_epoch_rotation",
    SYNC,
    "termination_bounded",
  ),
  "amp_transport.AmpTransport": entry("aura.amp.transport"),
  "guardian_auth_relational.GuardianAuthRelational": entry("aura.authentication.guardian_auth_relational"),
  "invitation.InvitationExchange": entry("aura.invitation.exchange"),
  "invitation_guardian.GuardianInvitation": entry("aura.invitation.guardian"),
  "invitation_device_enrollment.DeviceEnrollment": entry("aura.invitation.device_enrollment"),
  "guardian_ceremony.GuardianCeremony": entry("aura.recovery.guardian_ceremony"),
  "guardian_setup.GuardianSetup": entry("aura.recovery.guardian_setup"),
  "guardian_membership_change.GuardianMembershipChange": entry("aura.recovery.guardian_membership_change"),
  "rendezvous.RendezvousExchange": entry("aura.rendezvous.exchange"),
  "rendezvous_relay.RelayedRendezvous": entry("aura.rendezvous.relay"),
  "session_coordination.SessionCoordinationChoreography": entry("aura.session.coordination"),
};

const anythingElse: StartupDefaults = { capabilities: [], policyRef: PROD };

/** The defaults of a protocol by its qualified name. */
export const startupDefaults = (qualifiedName: string): StartupDefaults =>
  Object.hasOwn(startupDefaultsTable, qualifiedName)
    ? (startupDefaultsTable[qualifiedName] ?? anythingElse)
    : anythingElse;
