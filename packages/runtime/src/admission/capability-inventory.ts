import { byCodePoint } from "./by-code-point.ts";
import { protocolSurfaces } from "./protocol-surface.ts";

/** What the runtime can do, by capability key; an absent key is a refusal. */
export type CapabilityInventory = ReadonlyMap<string, boolean>;

/** What the machine under this host guarantees (spec/aura-runtime.md §3.3). */
export interface RuntimeContracts {
  /** Determinism modes it has an artifact for. */
  readonly artifacts: {
    readonly full: boolean;
    readonly replay: boolean;
    readonly moduloEffects: boolean;
    readonly moduloCommutativity: boolean;
  };
  /** Whether modes other than full may be run side by side with it. */
  readonly mixedDeterminism: boolean;
  readonly capabilities: readonly string[];
  /** Pack keys its execution profile is eligible for. */
  readonly envelopes: readonly string[];
}

/** Capabilities a machine's contracts may name. */
export const contractCapabilities = [
  "live_migration",
  "autoscale_repartition",
  "placement_refinement",
  "relaxed_reordering",
] as const;

/** Pack keys of an execution profile. */
export const envelopeKeys = [
  "protocol_machine_envelope_adherence",
  "protocol_machine_envelope_admission",
  "protocol_envelope_bridge",
] as const;

/** The key that switches the three transitions. */
const RECONFIGURATION = "reconfiguration";

/** Surfaces are written last and override a pair of the same name: transitions go with reconfiguration, the rest is always there. */
const withSurfaces = (
  keys: Iterable<readonly [string, boolean]>,
  reconfiguration: boolean,
): CapabilityInventory => {
  const all = new Map(keys);
  for (const { name, class: of } of protocolSurfaces) all.set(name, of !== "transition" || reconfiguration);
  return new Map([...all].sort(([a], [b]) => byCodePoint(a, b)));
};

/**
 * The inventory of pairs of key and value; whether transitions are there
 * follows the key `reconfiguration`, and what a pair says of a surface is
 * passed over (spec/aura-runtime.md §3.3).
 *
 * @example inventoryFromPairs([["reconfiguration", false]]).get("ownership_receipt") // false
 */
export const inventoryFromPairs = (pairs: Iterable<readonly [string, boolean]>): CapabilityInventory => {
  const keys = new Map(pairs);
  return withSurfaces(keys, keys.get(RECONFIGURATION) === true);
};

/** The inventory of a machine's contracts (spec/aura-runtime.md §3.3). */
export const inventoryOf = (contracts: RuntimeContracts): CapabilityInventory => {
  const { artifacts } = contracts;
  const has = (name: string): boolean => contracts.capabilities.includes(name);
  const reconfiguration = has("live_migration") && has("placement_refinement");
  return withSurfaces(
    [
      ...contractCapabilities.map((name) => [name, has(name)] as const),
      ...contracts.envelopes.map((name) => [name, true] as const),
      ["byzantine_envelope", artifacts.full],
      ["vmEnvelopeAdherence", artifacts.full],
      ["termination_bounded", artifacts.replay || artifacts.full],
      [RECONFIGURATION, reconfiguration],
      ["reconfiguration_safety", reconfiguration],
      ["mixed_determinism", contracts.mixedDeterminism],
    ],
    reconfiguration,
  );
};

/** Everything guaranteed: what this host's machine offers. */
export const fullContracts: RuntimeContracts = {
  artifacts: { full: true, replay: true, moduloEffects: true, moduloCommutativity: true },
  mixedDeterminism: true,
  capabilities: contractCapabilities,
  envelopes: envelopeKeys,
};

/** Nothing guaranteed: seven surfaces, and no key that a protocol may require. */
export const noContracts: RuntimeContracts = {
  artifacts: { full: false, replay: false, moduloEffects: false, moduloCommutativity: false },
  mixedDeterminism: false,
  capabilities: [],
  envelopes: [],
};

/** Every key an inventory of this runtime can hold, in code point order. */
export const inventoryKeys: readonly string[] = [...inventoryOf(fullContracts).keys()];

/** The first capability that is absent or false, in the order asked. */
export const missingCapability = (
  inventory: CapabilityInventory,
  keys: readonly string[],
): string | undefined => keys.find((key) => inventory.get(key) !== true);
