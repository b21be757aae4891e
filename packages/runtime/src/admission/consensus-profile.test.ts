import { expect, test } from "vitest";
import { fullContracts, inventoryFromPairs, inventoryOf } from "./capability-inventory.ts";
import { capabilityRef } from "./capability-ref.ts";
import {
  checkConsensusProfile,
  checkTerminationArtifact,
  consensusProfiles,
  requiredArtifacts,
} from "./consensus-profile.ts";

const full = inventoryOf(fullContracts);
const profiles = Object.keys(consensusProfiles) as (keyof typeof consensusProfiles)[];

test.each(profiles)("%s is admitted with its keys and refused without the first", (profile) => {
  const keys = consensusProfiles[profile];
  expect(checkConsensusProfile(profile, full)).toBeUndefined();
  expect(checkConsensusProfile(profile, inventoryFromPairs(keys.map((key) => [key, true])))).toBeUndefined();
  expect(checkConsensusProfile(profile, inventoryFromPairs([]))).toMatchObject({ capability: keys[0] });
  const last = keys.at(-1);
  const most = inventoryFromPairs(keys.map((key) => [key, key !== last]));
  expect(checkConsensusProfile(profile, most)).toMatchObject({ capability: last });
});

test("three classes need bounded termination; a protocol that is not built in is not asked", () => {
  const none = inventoryFromPairs([]);
  const missing = { variant: "MissingCapability", capability: "termination_bounded" };
  for (const id of ["aura.sync.epoch_rotation", "aura.dkg.ceremony", "aura.recovery.grant"]) {
    expect(checkTerminationArtifact(id, none)).toMatchObject(missing);
    expect(checkTerminationArtifact(id, full)).toBeUndefined();
  }
  expect(checkTerminationArtifact("aura.consensus", none)).toBeUndefined();
  expect(checkTerminationArtifact("shop.Checkout", none)).toBeUndefined();
});

test("the artifacts of a protocol are its startup capabilities", () => {
  expect(requiredArtifacts("aura.dkg.ceremony")).toEqual(["byzantine_envelope", "termination_bounded"]);
  expect(requiredArtifacts("shop.Checkout")).toEqual([]);
});

test("a capability is named by sixteen hex digits, the same on every machine", () => {
  expect(capabilityRef("byzantine_envelope")).toMatch(/^[0-9a-f]{16}$/);
  expect(capabilityRef("byzantine_envelope")).toBe(capabilityRef("byzantine_envelope"));
  expect(capabilityRef("termination_bounded")).not.toBe(capabilityRef("byzantine_envelope"));
});
