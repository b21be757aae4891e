import { expect, test } from "vitest";
import { envelopeAdmission } from "./envelope-admission.ts";
import { canonicalFallback, executionPolicies, policyForRef } from "./execution-policy.ts";
import { bridgePolicy } from "./host-bridge-fallback.ts";
import {
  artifactMetadata,
  configOfPolicy,
  resolvePolicyFor,
  resolvePolicyRef,
  validateDeterminismProfile,
  validateProtocolExecutionPolicy,
} from "./policy-resolution.ts";
import { startupDefaultsTable } from "./startup-defaults.ts";

const sync = policyForRef("aura.vm.sync_anti_entropy.prod")!;
const prod = policyForRef("aura.vm.prod.default")!;

test("an unknown reference is refused by name", () => {
  expect(resolvePolicyRef("aura.vm.nope")).toEqual({
    ok: false,
    error: { code: "PAR8211", variant: "UnknownPolicyRef", raw: "aura.vm.nope" },
  });
  expect(resolvePolicyRef(prod.ref)).toEqual({ ok: true, policy: prod });
});

test("a protocol without a named policy is run under its class's own", () => {
  expect(resolvePolicyFor("aura.sync.epoch_rotation")).toMatchObject({
    policy: { mode: "threaded_envelope_bounded", waveBound: 4 },
  });
  expect(resolvePolicyFor("aura.recovery.grant")).toMatchObject({
    policy: { ref: "aura.vm.recovery_grant.prod" },
  });
});

test("a policy of another class is refused, also the one the activation's own manifest names", () => {
  const mismatch = (id: string, ref: string) =>
    expect(resolvePolicyFor(id, ref)).toMatchObject({
      ok: false,
      error: { code: "PAR8212", policy_ref: ref, protocol_id: id, protocol_class: "aura.sync.anti_entropy" },
    });
  mismatch("aura.sync.epoch_rotation", "aura.vm.recovery_grant.prod");
  mismatch(
    "aura.sync.ota_activation",
    startupDefaultsTable["ota_activation.OTAActivationProtocol"]!.policyRef,
  );
});

test("an id that is not built in has no class", () => {
  expect(resolvePolicyFor("anonymous_path_establish.AnonymousPathEstablishProtocol", prod.ref)).toMatchObject(
    {
      error: { variant: "PolicyClassMismatch", protocol_class: "unknown" },
    },
  );
});

test.each(executionPolicies)("$ref is a valid configuration of itself, and of no other", (policy) => {
  expect(validateProtocolExecutionPolicy(configOfPolicy(policy), policy)).toBeUndefined();
  const other = { ...configOfPolicy(policy), rounds: "wave_parallel_extension" as const };
  const found = validateProtocolExecutionPolicy(other, canonicalFallback(policy));
  expect(found).toMatchObject({ code: "PAR8213", variant: "InvalidCombination" });
});

test("full determinism goes with the strict tier, and not with nullifiers", () => {
  const full = { determinism: "full", tier: "strict_deterministic", replay: "off" } as const;
  expect(validateDeterminismProfile(full)).toBeUndefined();
  expect(validateDeterminismProfile({ ...full, tier: "replay_deterministic" })).toMatchObject({
    variant: "InvalidCombination",
    mode: "full",
    tier: "replay_deterministic",
  });
  expect(validateDeterminismProfile({ ...full, replay: "nullifier" })).toMatchObject({ replay: "nullifier" });
});

test("a fallback keeps reference, class, determinism, tier and replay, and runs one step at a time", () => {
  const { effective, artifacts } = bridgePolicy("aura.sync.epoch_rotation", sync);
  expect(effective).toEqual({ ...sync, mode: "cooperative", envelope: "exact", waveBound: 1 });
  expect(artifacts).toEqual([
    {
      kind: "admission_denied",
      protocol_id: "aura.sync.epoch_rotation",
      requested_policy_ref: sync.ref,
      requested_profile: "envelope_admitted",
      reason: "host_bridge_canonical_only",
    },
    {
      kind: "canonical_fallback_activated",
      protocol_id: "aura.sync.epoch_rotation",
      requested_policy_ref: sync.ref,
      effective_policy_ref: sync.ref,
      reason: "host_bridge_canonical_only",
    },
  ]);
  expect(bridgePolicy("aura.recovery.grant", prod)).toEqual({
    requested: prod,
    effective: prod,
    artifacts: [],
  });
});

test("the record of an admission lists its evidence in one order", () => {
  const kinds = (ref: string) =>
    envelopeAdmission("p", bridgePolicy("p", policyForRef(ref)!)).evidence.map(({ kind, ref_id }) => [
      kind,
      ref_id,
    ]);
  expect(kinds(sync.ref)).toEqual([
    ["DeterminismProfile", sync.ref],
    ["RuntimeContract", "cooperative"],
    ["RuntimeCapability", "mixed_determinism"],
    ["RuntimeCapability", "vmEnvelopeAdherence"],
    ["EnvelopeArtifact", "none"],
    ["CanonicalFallback", sync.ref],
  ]);
  expect(kinds(prod.ref)).toEqual([
    ["DeterminismProfile", prod.ref],
    ["RuntimeContract", "cooperative"],
  ]);
});

test("artifacts name the policy in full", () => {
  expect(artifactMetadata(sync)).toEqual({
    policy_ref: sync.ref,
    protocol_class: "aura.sync.anti_entropy",
    runtime_mode: "threaded_envelope_bounded",
    scheduler_envelope_class: "envelope_bounded",
    declared_wave_width_bound: 4,
    determinism_mode: "modulo_effects",
    effect_determinism_tier: "envelope_bounded_nondeterministic",
    communication_replay_mode: "sequence",
  });
});
