const adherence = "protocol_machine_envelope_adherence";
const admission = "protocol_machine_envelope_admission";
const bridge = "protocol_envelope_bridge";

/** What admission asks of a theorem pack (runtime chapter §3.4). */
export interface PackPolicy {
  readonly name: string;
  /** What its declaration must contain, as a set. */
  readonly declared: readonly string[];
  /** What the runtime must provide at launch, in the order asked. */
  readonly demanded: readonly string[];
  /** The constraint its declaration states. */
  readonly constraint: string;
  /** What is at stake where it is required. */
  readonly stake: string;
}

/** The packs with an admission policy. */
export const packPolicies: readonly PackPolicy[] = [
  {
    name: "AuraTransitionSafety",
    declared: [adherence, admission, bridge, "reconfiguration_safety"],
    demanded: [
      "theorem_pack_capabilities",
      adherence,
      admission,
      bridge,
      "reconfiguration_safety",
      "ownership_receipt",
      "semantic_handoff",
      "reconfiguration_transition",
    ],
    constraint: "typed_transition_receipts",
    stake: "a transition of ownership or of the runtime, which leaves typed receipts",
  },
  {
    name: "AuraAuthorityEvidence",
    declared: [adherence, admission, bridge],
    demanded: [
      "theorem_pack_capabilities",
      adherence,
      admission,
      bridge,
      "authoritative_read",
      "materialization_proof",
      "canonical_handle",
    ],
    constraint: "authoritative_recovery_evidence",
    stake: "authority over keys or accounts, which rests on authoritative evidence",
  },
];

/** Named by the guide, without a policy so far: requiring it is always refused. */
export const reservedPack = "AuraConsensusDeployment";

export const packPolicy = (name: string): PackPolicy | undefined =>
  packPolicies.find((policy) => policy.name === name);

/** Who reads a capability key, by key (runtime chapter §3.1–§3.3, inventory 103–129). */
const consumers: ReadonlyMap<string, string> = new Map([
  [adherence, "admission checks the execution profile against it"],
  [admission, "admission checks the execution profile against it"],
  [bridge, "admission checks the execution profile against it"],
  ["reconfiguration_safety", "the reconfiguration manager asks for it before a transition"],
  ["reconfiguration", "the reconfiguration manager is switched on by it"],
  ["reconfiguration_transition", "the reconfiguration manager asks for it"],
  ["ownership_receipt", "the reconfiguration manager asks for it"],
  ["semantic_handoff", "the reconfiguration manager asks for it"],
  ["ownership_capability", "opening a session claims its fragments with it"],
  ["readiness_witness", "threshold signing consumes it"],
  ["authoritative_read", "threshold signing and recovery read through it"],
  ["materialization_proof", "threshold signing and recovery read through it"],
  ["canonical_handle", "threshold signing and recovery read through it"],
  ["runtime_admission", "opening a session asks for it"],
  ["theorem_pack_capabilities", "admission asks for it before any pack"],
  ["byzantine_envelope", "the consensus profiles ask for it"],
  ["termination_bounded", "the termination classes ask for it"],
  ["mixed_determinism", "the threaded policies ask for it"],
  ["vmEnvelopeAdherence", "the envelope-bounded policies ask for it"],
  ["live_migration", "the machine's contracts switch reconfiguration by it"],
  ["placement_refinement", "the machine's contracts switch reconfiguration by it"],
]);

/** Who in the runtime reads this key; `undefined` when nobody does. */
export const consumerOf = (key: string): string | undefined => consumers.get(key);
