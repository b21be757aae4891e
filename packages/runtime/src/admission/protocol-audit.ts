/** What the audit of 2026-01-06 says of a protocol of the guide, and where it stands since (spec/aura-protocols.md §14). */
export interface AuditRow {
  readonly id: string;
  /** Not every protocol was in the audit. */
  readonly ticket: string | null;
  readonly crate: string;
  readonly priority: "High" | "Medium" | "Low" | null;
  /** Where the audit planned to call it. */
  readonly planned: string | null;
  /** Functions that run it in the reference today. */
  readonly entryPoints: readonly string[];
  readonly today: string;
  /** Where what it sends comes from, and who takes its decisions; `null` where it has none. */
  readonly payloads: string;
  readonly decisions: string | null;
}

const row = (
  id: string,
  [ticket, crate, priority, planned]: readonly [string | null, string, AuditRow["priority"], string | null],
  entryPoints: readonly string[],
  today: string,
  payloads: string,
  decisions: string | null = null,
): AuditRow => ({ id, ticket, crate, priority, planned, entryPoints, today, payloads, decisions });

/** The day the audit was made; then, none of its fourteen protocols was wired. */
export const AUDIT_DATE = "2026-01-06";

/** Where every send of every audited protocol meets the guard chain. */
export const AUDIT_GUARDS = "one place for all: the choreography effects of the agent";

/** Rows in the order of the catalogue of the guide. */
export const protocolAudit: readonly AuditRow[] = [
  row(
    "aura.consensus",
    ["CHOREO-CONS-001", "aura-consensus", null, "runtime_bridge/consensus"],
    [],
    "definition only; consensus runs its own flow under the same guards",
    "parameters of the instance and local state",
  ),
  row(
    "aura.amp.transport",
    ["CHOREO-AMP-001", "aura-amp", null, "runtime_bridge/amp"],
    ["execute_amp_transport_as_sender", "execute_amp_transport_as_receiver"],
    "admitted session of the chat service",
    "state of the channel",
  ),
  row(
    "aura.dkg.ceremony",
    ["CHOREO-AUTH-002", "aura-authentication", "Low", "dkd"],
    ["execute_dkd_initiator", "execute_dkd_participant"],
    "admitted session of the authentication service; its payloads are placeholders",
    "state of the key generation",
  ),
  row(
    "aura.authentication.guardian_auth_relational",
    ["CHOREO-AUTH-001", "aura-authentication", null, "guardian_auth_relational"],
    ["execute_guardian_auth_as_*"],
    "admitted session; the coordinator is switched off",
    "state of the authentication",
  ),
  row(
    "aura.recovery.grant",
    ["CHOREO-REC-001", "aura-recovery", "High", "recovery_service"],
    [
      "execute_recovery_protocol_account",
      "execute_recovery_protocol_guardian",
      "execute_recovery_protocol_coordinator",
    ],
    "admitted session of the recovery service, three roles",
    "the request and the journal",
  ),
  row(
    "aura.recovery.guardian_ceremony",
    ["CHOREO-REC-003", "aura-recovery", "High", "recovery_service"],
    ["execute_guardian_ceremony_initiator", "execute_guardian_ceremony_guardian"],
    "admitted session; it queues a label its source does not offer",
    "state of the service: proposal, response, commit, abort",
    "the initiator, by policy or by a person",
  ),
  row(
    "aura.recovery.guardian_setup",
    ["CHOREO-REC-004", "aura-recovery", "High", "recovery_service"],
    ["execute_guardian_setup_initiator", "execute_guardian_setup_guardian"],
    "admitted session of the recovery service",
    "the request of the setup and local keys",
  ),
  row(
    "aura.recovery.guardian_membership_change",
    ["CHOREO-REC-002", "aura-recovery", null, "recovery_service"],
    ["initiate_membership_change", "vote_membership_change"],
    "admitted session; its bundle is registered",
    "the request of the change and the journal",
  ),
  row(
    "aura.invitation.exchange",
    ["CHOREO-INV-001", "aura-invitation", "Medium", "invitation_service"],
    ["execute_invitation_exchange_sender", "execute_invitation_exchange_receiver"],
    "admitted session of the invitation handlers",
    "parameters and local facts",
  ),
  row(
    "aura.invitation.guardian",
    ["CHOREO-INV-002", "aura-invitation", "Medium", "invitation_service"],
    ["execute_guardian_invitation_principal", "execute_guardian_invitation_guardian"],
    "admitted session of the invitation handlers",
    "parameters and local facts",
  ),
  row(
    "aura.invitation.device_enrollment",
    [null, "aura-invitation", null, null],
    ["execute_device_enrollment_initiator", "execute_device_enrollment_invitee"],
    "admitted session; its bundle is registered",
    "the enrolment that was asked for",
  ),
  row(
    "aura.rendezvous.exchange",
    ["CHOREO-RDV-001", "aura-rendezvous", "Medium", "rendezvous_service"],
    ["execute_rendezvous_exchange_initiator", "execute_rendezvous_exchange_responder"],
    "admitted session of the rendezvous service",
    "descriptors and what the manager has discovered",
  ),
  row(
    "aura.rendezvous.relay",
    ["CHOREO-RDV-002", "aura-rendezvous", null, "rendezvous_manager"],
    [
      "execute_relayed_rendezvous_initiator",
      "execute_relayed_rendezvous_relay",
      "execute_relayed_rendezvous_responder",
    ],
    "admitted session of the rendezvous service",
    "state of the manager",
  ),
  row(
    "aura.sync.epoch_rotation",
    ["CHOREO-SYNC-001", "aura-sync", "Low", "sync_manager"],
    ["execute_epoch_rotation_coordinator", "execute_epoch_rotation_participant"],
    "admitted session; its bundle is registered",
    "the sync manager",
  ),
  row(
    "aura.sync.ota_activation",
    [null, "aura-sync", null, null],
    ["initiate_activation", "record_commitment", "commit_activation", "abort_activation"],
    "a generated runner with its own admission: its policy is of another class than its id",
    "the ceremony of the activation",
    "the operator, or its deadline",
  ),
  row(
    "aura.sync.device_epoch_rotation",
    [null, "aura-sync", null, null],
    ["execute_initiator", "process_pending_participant_sessions"],
    "admitted session; what verifies an acceptance is switched off",
    "the pending epoch",
  ),
  row(
    "aura.session.coordination",
    ["CHOREO-AGENT-001", "aura-agent", "Low", "sessions/coordination"],
    [
      "execute_session_coordination_initiator",
      "execute_session_coordination_coordinator",
      "execute_session_coordination_participant",
    ],
    "admitted session",
    "the session manager",
    "participants say yes or no as data; the coordinator's outcome follows from checking them",
  ),
];

/** The audit's row of a protocol; `undefined` for one it does not name. */
export const auditOf = (protocolId: string): AuditRow | undefined =>
  protocolAudit.find(({ id }) => id === protocolId);
