import { analyse, bind, projectAll } from "@parley/core";
import { describe, expect, test } from "vitest";
import { compileImage } from "../machine/code/image.ts";
import type { SchedulerPolicy } from "../machine/config.ts";
import { pingSource } from "../testing/sample-sources.ts";
import { admissionRules, admit } from "./admit.ts";
import { fullContracts, inventoryOf } from "./capability-inventory.ts";
import { executionPolicies, policyForRef } from "./execution-policy.ts";
import { type ParityProfile, parityOf, parityProfiles } from "./hardening-profile.ts";
import { manifestOf } from "./manifest.ts";
import { parityMet } from "./parity-met.ts";
import { registryEntry } from "./registry.ts";
import type { AdmissionCase } from "./rule.ts";

const FALLBACK = "aura.vm.consensus_fallback.prod";
const DKG = "aura.vm.dkg_ceremony.prod";
const cooperative: SchedulerPolicy = { kind: "cooperative" };
const roundRobin: SchedulerPolicy = { kind: "roundRobin" };

const caseOf = (policy: string, parity?: AdmissionCase["parity"], source = pingSource): AdmissionCase => {
  const { kernel } = analyse(source);
  if (kernel === undefined) throw new Error("the source does not check");
  const bound = bind(kernel, { families: {}, names: {} });
  if (!bound.ok) throw new Error("the source does not bind");
  const { locals } = projectAll(bound.protocol);
  const image = compileImage({ version: "0".repeat(64), locals: new Map(Object.entries(locals)) });
  const manifest = { ...manifestOf(kernel), determinism_policy_ref: policy };
  const { roles } = bound.protocol;
  return {
    manifest,
    image,
    registered: registryEntry(manifest, image, undefined),
    seats: roles.map((role) => ({ role, authority: "ada", device: "ada-phone" })),
    roles,
    inventory: inventoryOf(fullContracts),
    ...(parity === undefined ? {} : { parity }),
  };
};

const judged = (policy: string, profile: ParityProfile, scheduler: SchedulerPolicy) =>
  admit(caseOf(policy, { profile, scheduler }));

/** Outcomes of the three rules of a profile. */
const outcomes = (report: ReturnType<typeof admit>) =>
  Object.fromEntries(
    report.rules.flatMap(({ rule, outcome }) => (rule.startsWith("parity-") ? [[rule, outcome]] : [])),
  );

describe("a parity profile that is asked for", () => {
  test("is admitted where scheduler, determinism and tier are its own, with evidence of each", () => {
    for (const [policy, profile, scheduler] of [
      ["aura.vm.prod.default", "native_cooperative", cooperative],
      ["aura.vm.prod.default", "wasm_cooperative", cooperative],
      [FALLBACK, "native_threaded", roundRobin],
    ] as const) {
      const report = judged(policy, profile, scheduler);
      expect(report.admitted).toBe(true);
      expect(outcomes(report)).toEqual({
        "parity-scheduler": "passed",
        "parity-determinism": "passed",
        "parity-tier": "passed",
      });
      for (const { rule, evidence } of report.rules)
        if (rule.startsWith("parity-"))
          expect(evidence).toContainEqual({ label: "parity profile", value: profile });
    }
  });

  test.each([
    [
      "parity-scheduler",
      FALLBACK,
      cooperative,
      "the scheduler aura.vm.scheduler.round_robin, or none asked for",
    ],
    ["parity-determinism", DKG, roundRobin, `the policy ${FALLBACK}`],
    ["parity-tier", "aura.vm.sync_anti_entropy.prod", roundRobin, `the policy ${FALLBACK}`],
  ] as const)("is refused by %s, which says what would admit it", (rule, policy, scheduler, needs) => {
    const report = judged(policy, "native_threaded", scheduler);
    expect(report.admitted).toBe(false);
    const found = report.rules.find((one) => one.rule === rule);
    expect(found).toMatchObject({ outcome: "needs", needs });
    expect(found?.reason).toContain("native_threaded");
  });

  test("is refused by the one rule it breaks and by no other of its own", () => {
    expect(outcomes(judged(FALLBACK, "native_threaded", cooperative))).toEqual({
      "parity-scheduler": "needs",
      "parity-determinism": "passed",
      "parity-tier": "passed",
    });
    expect(outcomes(judged(DKG, "native_threaded", roundRobin))).toEqual({
      "parity-scheduler": "passed",
      "parity-determinism": "needs",
      "parity-tier": "passed",
    });
  });

  test("has no way out where no policy of the protocol's own class meets it", () => {
    const built = pingSource
      .replace("module ping exposing (Ping)", "module amp_transport exposing (AmpTransport)")
      .replace("protocol Ping", "protocol AmpTransport");
    const parity = { profile: "native_threaded", scheduler: roundRobin } as const;
    const report = admit(caseOf("aura.vm.prod.default", parity, built));
    expect(outcomes(report)).toMatchObject({ "parity-determinism": "refused", "parity-tier": "refused" });
  });

  test("asks for nothing where it is the runtime's default", () => {
    for (const { ref } of executionPolicies)
      expect(judged(ref, "runtime_default", { kind: "aging" }).admitted).toBe(true);
  });

  test("adds its rules behind all others, and only where it is asked for", () => {
    const plain = admit(caseOf("aura.vm.prod.default")).rules.map(({ rule }) => rule);
    expect(plain).toEqual(admissionRules.map(({ rule }) => rule));
    const asked = judged("aura.vm.prod.default", "runtime_default", cooperative).rules;
    expect(asked.map(({ rule }) => rule)).toEqual([
      ...plain,
      "parity-scheduler",
      "parity-determinism",
      "parity-tier",
    ]);
  });
});

test("the profiles that are met are those all of whose demands are", () => {
  const met = (policy: string, scheduler: SchedulerPolicy) =>
    parityMet({ scheduler, policy: policyForRef(policy) });
  expect(met("aura.vm.prod.default", cooperative)).toEqual([
    "native_cooperative",
    "wasm_cooperative",
    "runtime_default",
  ]);
  expect(met(FALLBACK, roundRobin)).toEqual(["native_threaded", "runtime_default"]);
  expect(met("nowhere", cooperative)).toEqual(["runtime_default"]);
  for (const profile of parityProfiles)
    for (const policy of executionPolicies)
      expect(parityMet({ scheduler: parityOf(profile).scheduler ?? cooperative, policy })).toContain(
        "runtime_default",
      );
});
