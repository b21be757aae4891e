import { expect, test } from "vitest";
import {
  fullContracts,
  inventoryFromPairs,
  inventoryOf,
  missingCapability,
  noContracts,
} from "./capability-inventory.ts";
import { protocolSurfaces } from "./protocol-surface.ts";
import {
  requireCapabilities,
  requireProtocolCriticalSurfaces,
  surfaceAdmitted,
} from "./require-capabilities.ts";
import { inventoryOfProfile, profileKeys, shippedProfiles, strangeKeys } from "./runtime-profile.ts";

const empty = noContracts;

test("full contracts provide everything known", () => {
  expect([...inventoryOf(fullContracts).values()].every(Boolean)).toBe(true);
});

test("empty contracts still admit the seven surfaces that are always admitted, and no transition", () => {
  const inventory = inventoryOf(empty);
  expect([...inventory].filter(([, has]) => has)).toHaveLength(7);
  expect(missingCapability(inventory, ["authoritative_read", "semantic_handoff"])).toBe("semantic_handoff");
});

test("an absent key is missing, the first in the order asked", () => {
  expect(missingCapability(inventoryOf(fullContracts), ["b", "a"])).toBe("b");
});

test("termination is bounded by either artifact", () => {
  const inventory = inventoryOf({ ...empty, artifacts: { ...empty.artifacts, replay: true } });
  expect([inventory.get("termination_bounded"), inventory.get("byzantine_envelope")]).toEqual([true, false]);
});

test("an empty inventory still has the seven surfaces that are always there", () => {
  const inventory = inventoryFromPairs([]);
  expect([...inventory].filter(([, has]) => has).map(([key]) => key)).toEqual([
    "authoritative_read",
    "canonical_handle",
    "materialization_proof",
    "ownership_capability",
    "readiness_witness",
    "runtime_admission",
    "theorem_pack_capabilities",
  ]);
});

test("with reconfiguration switched off there are reads, and no ownership receipts", () => {
  const off = inventoryFromPairs([["reconfiguration", false]]);
  expect(surfaceAdmitted(off, "authoritative_read")).toBe(true);
  expect(surfaceAdmitted(off, "ownership_receipt")).toBe(false);
  expect(surfaceAdmitted(inventoryFromPairs([["reconfiguration", true]]), "ownership_receipt")).toBe(true);
});

test("a pair cannot grant a surface, nor take one away", () => {
  expect(surfaceAdmitted(inventoryFromPairs([["ownership_receipt", true]]), "ownership_receipt")).toBe(false);
  expect(surfaceAdmitted(inventoryFromPairs([["authoritative_read", false]]), "authoritative_read")).toBe(
    true,
  );
});

test("surfaces are required among surfaces only, any capability among all keys", () => {
  const full = inventoryOf(fullContracts);
  const refusal = (capability: string) => ({ code: "PAR8201", variant: "MissingCapability", capability });
  expect(requireCapabilities(full, ["byzantine_envelope", "authoritative_read"])).toBeUndefined();
  expect(requireCapabilities(full, ["levitation", "byzantine_envelope"])).toEqual(refusal("levitation"));
  expect(
    requireProtocolCriticalSurfaces(
      full,
      protocolSurfaces.map(({ name }) => name),
    ),
  ).toBeUndefined();
  expect(requireProtocolCriticalSurfaces(full, ["byzantine_envelope"])).toEqual(
    refusal("byzantine_envelope"),
  );
  expect(requireProtocolCriticalSurfaces(inventoryOf(empty), ["semantic_handoff"])).toEqual(
    refusal("semantic_handoff"),
  );
});

test("the shipped profiles are everything, everything but reconfiguration, and nothing", () => {
  const [full, without, none] = shippedProfiles.map(inventoryOfProfile);
  expect(full).toEqual(inventoryOf(fullContracts));
  expect(none).toEqual(inventoryOf(noContracts));
  const differ = [...(full ?? [])].filter(([key, has]) => without?.get(key) !== has).map(([key]) => key);
  expect(differ).toEqual([
    "ownership_receipt",
    "reconfiguration",
    "reconfiguration_transition",
    "semantic_handoff",
  ]);
});

test("a profile sets keys of the inventory; unknown ones and surfaces are strange to it", () => {
  expect(strangeKeys({ byzantine_envelope: false, levitation: true, authoritative_read: false })).toEqual([
    "authoritative_read",
    "levitation",
  ]);
  expect(strangeKeys(Object.fromEntries(profileKeys.map((key) => [key, true])))).toEqual([]);
});
