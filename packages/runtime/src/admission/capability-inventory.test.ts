import { expect, test } from "vitest";
import { fullContracts, inventoryOf, missingCapability } from "./capability-inventory.ts";

const empty = {
  artifacts: { full: false, replay: false },
  mixedDeterminism: false,
  capabilities: [],
  envelopes: [],
};

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
  const inventory = inventoryOf({ ...empty, artifacts: { full: false, replay: true } });
  expect([inventory.get("termination_bounded"), inventory.get("byzantine_envelope")]).toEqual([true, false]);
});
