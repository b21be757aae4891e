/** What the runtime can do, by capability key; an absent key is a refusal. */
export type CapabilityInventory = ReadonlyMap<string, boolean>;

const ALWAYS_ADMITTED = [
  "runtime_admission",
  "theorem_pack_capabilities",
  "ownership_capability",
  "readiness_witness",
  "authoritative_read",
  "materialization_proof",
  "canonical_handle",
] as const;

const TRANSITIONS = ["ownership_receipt", "semantic_handoff", "reconfiguration_transition"] as const;

/** What the machine under this host guarantees (aura-runtime §3.3). */
export interface RuntimeContracts {
  readonly artifacts: { readonly full: boolean; readonly replay: boolean };
  readonly mixedDeterminism: boolean;
  readonly capabilities: readonly string[];
  readonly envelopes: readonly string[];
}

/** The inventory of a machine's contracts; surfaces are written last and override. */
export const inventoryOf = (contracts: RuntimeContracts): CapabilityInventory => {
  const has = (name: string): boolean => contracts.capabilities.includes(name);
  const reconfiguration = has("live_migration") && has("placement_refinement");
  const entries: (readonly [string, boolean])[] = [
    ...["live_migration", "autoscale_repartition", "placement_refinement", "relaxed_reordering"].map(
      (name) => [name, has(name)] as const,
    ),
    ...contracts.envelopes.map((name) => [name, true] as const),
    ["byzantine_envelope", contracts.artifacts.full],
    ["vmEnvelopeAdherence", contracts.artifacts.full],
    ["termination_bounded", contracts.artifacts.replay || contracts.artifacts.full],
    ["reconfiguration", reconfiguration],
    ["reconfiguration_safety", reconfiguration],
    ["mixed_determinism", contracts.mixedDeterminism],
    ...ALWAYS_ADMITTED.map((name) => [name, true] as const),
    ...TRANSITIONS.map((name) => [name, reconfiguration] as const),
  ];
  return new Map([...entries].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)));
};

/** Everything guaranteed: what this host's machine offers. */
export const fullContracts: RuntimeContracts = {
  artifacts: { full: true, replay: true },
  mixedDeterminism: true,
  capabilities: ["live_migration", "autoscale_repartition", "placement_refinement", "relaxed_reordering"],
  envelopes: [
    "protocol_machine_envelope_adherence",
    "protocol_machine_envelope_admission",
    "protocol_envelope_bridge",
  ],
};

/** The first capability that is absent or false, in the order asked. */
export const missingCapability = (
  inventory: CapabilityInventory,
  keys: readonly string[],
): string | undefined => keys.find((key) => inventory.get(key) !== true);
