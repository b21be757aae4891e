import { packPolicies } from "@parley/core";
import { expect, test } from "vitest";
import {
  admitManifest,
  manifestAdmissionRequirements,
  type RequiringManifest,
  requiredCapabilityKeys,
} from "./admission-requirements.ts";
import { fullContracts, inventoryFromPairs, inventoryOf } from "./capability-inventory.ts";
import { consensusDeployment } from "./reserved-pack.ts";

const requiring = (name: string, capabilities: readonly string[]): RequiringManifest => ({
  required_capabilities: ["termination_bounded", "byzantine_envelope"],
  theorem_packs: [{ name, capabilities, version: "1.0.0", issuer: null, constraints: [] }],
  required_theorem_packs: [name],
  required_theorem_pack_capabilities: capabilities,
});
const [transition, evidence] = packPolicies.map(({ name, declared }) => requiring(name, declared));
const full = inventoryOf(fullContracts);
const errorOf = (manifest: RequiringManifest) => {
  const resolved = manifestAdmissionRequirements(manifest);
  return resolved.ok ? undefined : resolved.error;
};

test.each(packPolicies)(
  "$name asks for its own surfaces in the order they are checked",
  ({ name, declared, demanded }) => {
    const resolved = manifestAdmissionRequirements(requiring(name, declared));
    expect(resolved).toMatchObject({
      ok: true,
      requirements: {
        required_runtime_capabilities: ["byzantine_envelope", "termination_bounded"],
        theorem_pack_requirements: [{ theorem_pack: name, required_runtime_capabilities: demanded }],
      },
    });
    expect(admitManifest(requiring(name, declared), full)).toBeUndefined();
  },
);

test("a pack that is required and not declared is missing", () => {
  expect(errorOf({ ...evidence!, theorem_packs: [] })).toMatchObject({
    variant: "MissingTheoremPack",
    why: "undeclared",
  });
});

test("the reserved pack is refused even when declared with every candidate key", () => {
  const keys = consensusDeployment.candidates.map(({ key }) => key);
  expect(errorOf(requiring("AuraConsensusDeployment", keys))).toEqual({
    code: "PAR8202",
    variant: "MissingTheoremPack",
    theorem_pack: "AuraConsensusDeployment",
    why: "reserved",
  });
  expect(keys.filter((key) => full.has(key))).toEqual([]);
  expect(errorOf(requiring("AuraElse", []))).toMatchObject({ why: "unknown" });
});

test("a declaration without one of its keys has drifted", () => {
  const {
    theorem_packs: [declaration],
  } = transition!;
  const short = declaration!.capabilities.filter((key) => key !== "reconfiguration_safety");
  expect(errorOf(requiring("AuraTransitionSafety", short))).toMatchObject({
    code: "PAR8206",
    variant: "Internal",
  });
});

test("the flattened list is compared as a set: another order passes, another content has drifted", () => {
  const flat = evidence!.required_theorem_pack_capabilities;
  expect(errorOf({ ...evidence!, required_theorem_pack_capabilities: [...flat].reverse() })).toBeUndefined();
  expect(errorOf({ ...evidence!, required_theorem_pack_capabilities: flat.slice(1) })).toMatchObject({
    variant: "Internal",
  });
});

test("a pack that is declared and not required has no effect", () => {
  const manifest = {
    ...requiring("AuraElse", ["x"]),
    required_theorem_packs: [],
    required_theorem_pack_capabilities: [],
  };
  expect(admitManifest(manifest, full)).toBeUndefined();
});

test("a plain capability is missed before a pack's, and each is named", () => {
  const without = (...keys: string[]) =>
    inventoryFromPairs([...full].map(([key, has]) => [key, has && !keys.includes(key)]));
  expect(admitManifest(transition!, without("byzantine_envelope", "reconfiguration"))).toEqual({
    code: "PAR8201",
    variant: "MissingCapability",
    capability: "byzantine_envelope",
  });
  expect(admitManifest(transition!, without("reconfiguration"))).toEqual({
    code: "PAR8203",
    variant: "MissingTheoremPackCapability",
    theorem_pack: "AuraTransitionSafety",
    capability: "ownership_receipt",
  });
  expect(admitManifest(evidence!, without("reconfiguration"))).toBeUndefined();
});

test("all keys of a manifest are one sorted set", () => {
  expect(requiredCapabilityKeys(evidence!)).toEqual([
    "authoritative_read",
    "byzantine_envelope",
    "canonical_handle",
    "materialization_proof",
    "protocol_envelope_bridge",
    "protocol_machine_envelope_adherence",
    "protocol_machine_envelope_admission",
    "termination_bounded",
    "theorem_pack_capabilities",
  ]);
});
