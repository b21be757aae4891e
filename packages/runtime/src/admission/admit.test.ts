import { analyse, bind, projectAll } from "@parley/core";
import { expect, test } from "vitest";
import { compileImage } from "../machine/code/image.ts";
import { pingSource, shopSource } from "../testing/sample-sources.ts";
import { admissionRules, admit } from "./admit.ts";
import { fullContracts, inventoryOf } from "./capability-inventory.ts";
import { determinismProblem, executionPolicies } from "./execution-policy.ts";
import { manifestOf } from "./manifest.ts";
import { registryEntry } from "./registry.ts";
import type { AdmissionCase } from "./rule.ts";

const caseOf = (source: string): AdmissionCase => {
  const { kernel } = analyse(source);
  if (kernel === undefined) throw new Error("the source does not check");
  const bound = bind(kernel, { families: {}, names: {} });
  if (!bound.ok) throw new Error("the source does not bind");
  const { locals } = projectAll(bound.protocol);
  const image = compileImage({ version: "0".repeat(64), locals: new Map(Object.entries(locals)) });
  const manifest = manifestOf(kernel);
  const { roles } = bound.protocol;
  return {
    manifest,
    image,
    registered: registryEntry(manifest, image, undefined),
    seats: roles.map((role) => ({ role, authority: "ada", device: "ada-phone" })),
    roles,
    inventory: inventoryOf(fullContracts),
  };
};

const good = caseOf(shopSource);
const ADHERENCE = "protocol_machine_envelope_adherence";
const pack = (name: string, ...capabilities: string[]) => ({
  ...good.manifest,
  theorem_packs: [{ name, capabilities, version: "1.0.0", issuer: null, constraints: [] }],
  required_theorem_packs: [name],
  required_theorem_pack_capabilities: capabilities,
});
const envelope = [ADHERENCE, "protocol_machine_envelope_admission", "protocol_envelope_bridge"];

const outcome = (asked: AdmissionCase, rule: string) =>
  admit(asked, asked.inventory).rules.find((one) => one.rule === rule);

test("a registered user protocol passes every rule, in order and with evidence", () => {
  const report = admit(good);
  expect(report.admitted).toBe(true);
  expect(report.rules.map(({ rule }) => rule)).toEqual(admissionRules.map(({ rule }) => rule));
  expect(
    report.rules.every(({ outcome: found, evidence }) => found === "passed" && evidence.length > 0),
  ).toBe(true);
});

const refusals: readonly (readonly [string, string, AdmissionCase])[] = [
  ["an image of other roles", "image", { ...good, roles: ["Buyer", "Shop", "Bank"] }],
  ["an empty seat", "seats", { ...good, seats: good.seats.slice(1) }],
  [
    "an import nothing exports",
    "links",
    {
      ...good,
      manifest: {
        ...good.manifest,
        link_specs: [{ role: "A", bundle_id: "b", exports: [], imports: ["x"] }],
      },
    },
  ],
  [
    "a link without a bundle",
    "links",
    {
      ...good,
      manifest: { ...good.manifest, link_specs: [{ role: "A", bundle_id: "", exports: [], imports: [] }] },
    },
  ],
  [
    "a bare capability",
    "guard-capabilities",
    { ...good, manifest: { ...good.manifest, guard_capabilities: ["send"] } },
  ],
  [
    "a capability the runtime lacks",
    "required-capabilities",
    { ...good, manifest: { ...good.manifest, required_capabilities: ["levitation"] } },
  ],
  ["an undeclared pack", "theorem-packs", { ...good, manifest: { ...pack("X"), theorem_packs: [] } }],
  [
    "a flattened list that is not the union of the declarations",
    "theorem-packs",
    {
      ...good,
      manifest: {
        ...pack("AuraAuthorityEvidence", ...envelope),
        required_theorem_pack_capabilities: envelope.slice(1),
      },
    },
  ],
  [
    "a pack no policy knows",
    "theorem-packs",
    { ...good, manifest: pack("AuraConsensusDeployment", ...envelope) },
  ],
  ["a pack that drifted", "theorem-packs", { ...good, manifest: pack("AuraAuthorityEvidence", ADHERENCE) }],
  [
    "a pack the runtime cannot carry",
    "theorem-pack-capabilities",
    {
      ...good,
      manifest: pack("AuraAuthorityEvidence", ...envelope),
      inventory: inventoryOf({ ...fullContracts, envelopes: [] }),
    },
  ],
  ["a protocol nobody registered", "protocol-class", { ...good, registered: undefined }],
  [
    "an unknown policy",
    "policy",
    { ...good, manifest: { ...good.manifest, determinism_policy_ref: "aura.vm.none" } },
  ],
  [
    "a policy of another class",
    "policy-class",
    { ...good, manifest: { ...good.manifest, determinism_policy_ref: "aura.vm.dkg_ceremony.prod" } },
  ],
  [
    "waves on a runtime that cannot vouch for them",
    "envelope",
    {
      ...good,
      manifest: { ...good.manifest, determinism_policy_ref: "aura.vm.sync_anti_entropy.prod" },
      inventory: inventoryOf({ ...fullContracts, mixedDeterminism: false }),
    },
  ],
  [
    "a registered budget that is not the computed one",
    "termination-budget",
    { ...good, registered: { ...registryEntry(good.manifest, good.image, undefined), budget: 1 } as never },
  ],
];

test.each(refusals)("%s is refused by the rule %s", (_what, rule, asked) => {
  const report = admit(asked, asked.inventory);
  expect(report.admitted).toBe(false);
  const found = outcome(asked, rule);
  expect(found?.outcome).not.toBe("passed");
  expect(found?.reason).toBeTruthy();
  expect(outcome(good, rule)?.outcome).toBe("passed");
});

test("a known pack declared exactly is admitted", () => {
  const asked = { ...good, manifest: pack("AuraAuthorityEvidence", ...envelope) };
  expect(admit(asked).admitted).toBe(true);
});

test("an unknown determinism policy refuses every rule that depends on it", () => {
  const asked = { ...good, manifest: { ...good.manifest, determinism_policy_ref: "none" } };
  for (const rule of ["determinism", "envelope", "policy-class", "termination-budget"])
    expect(outcome(asked, rule)?.outcome).toBe("refused");
});

test("the six policies are valid, and the three false combinations are found in order", () => {
  expect(executionPolicies).toHaveLength(6);
  expect(executionPolicies.map(determinismProblem)).toEqual(executionPolicies.map(() => undefined));
  const full = { determinism: "full", tier: "strict_deterministic", replay: "off" } as const;
  expect(determinismProblem({ ...full, tier: "replay_deterministic" })).toContain("strict_deterministic");
  expect(
    determinismProblem({ ...full, determinism: "replay", tier: "envelope_bounded_nondeterministic" }),
  ).toContain("modulo");
  expect(determinismProblem({ ...full, replay: "nullifier" })).toContain("nullifier");
});

test("a registry entry is made once: the same again adds nothing", () => {
  const first = registryEntry(good.manifest, good.image, undefined);
  expect(first).toMatchObject({ protocolId: "shop.Checkout", class: "RecoveryGrant" });
  expect(registryEntry(good.manifest, good.image, first)).toBeUndefined();
});

test("the manifest carries the source's edges and the startup defaults of its name", () => {
  expect(good.manifest).toMatchObject({
    protocol_qualified_name: "shop.Checkout",
    protocol_id: "shop.Checkout",
    role_names: ["Buyer", "Shop"],
    guard_capabilities: ["chat:message:send"],
    determinism_policy_ref: "aura.vm.prod.default",
    delegation_constraints: [],
  });
  const named = pingSource
    .replace("module ping exposing (Ping)", "module amp_transport exposing (AmpTransport)")
    .replace("protocol Ping", "protocol AmpTransport");
  expect(caseOf(named).manifest.protocol_id).toBe("aura.amp.transport");
});

test("a built-in protocol needs no registration and is run as its own class", () => {
  const built = caseOf(
    pingSource
      .replace("module ping exposing (Ping)", "module amp_transport exposing (AmpTransport)")
      .replace("protocol Ping", "protocol AmpTransport"),
  );
  expect(built.registered).toBeUndefined();
  expect(admit(built).admitted).toBe(true);
});

test("waves are admitted on a runtime that vouches for them", () => {
  const asked = {
    ...good,
    manifest: { ...good.manifest, determinism_policy_ref: "aura.vm.sync_anti_entropy.prod" },
  };
  expect(outcome(asked, "envelope")?.outcome).toBe("passed");
});
