import { describe, expect, it } from "vitest";
import { canonicalFallback, policyForRef } from "./execution-policy.ts";
import {
  captureOf,
  configOfProfile,
  hardeningProfiles,
  parityOf,
  parityProfiles,
  parseHardeningProfile,
} from "./hardening-profile.ts";
import { parseDeterminismMode, parseEffectTier, parseReplayMode } from "./parse-determinism.ts";

describe("hardening profiles", () => {
  it("are read by name, production as prod", () => {
    expect(["dev", " CI ", "production", "prod", "test"].map(parseHardeningProfile)).toEqual([
      "dev",
      "ci",
      "prod",
      "prod",
      undefined,
    ]);
  });

  it("all have two active layers and a cap of 262,144 bytes; only ci checks the order of messages, only prod keeps topology alone", () => {
    for (const profile of hardeningProfiles) {
      const config = configOfProfile(profile);
      expect(config.guardLayers?.filter(({ active }) => active)).toHaveLength(2);
      expect(config).toMatchObject({ maxPayloadBytes: 262_144, payloads: "structural" });
      expect(config.replay).toBe(profile === "ci" ? "sequence" : "off");
      expect(captureOf(profile)).toBe(profile === "prod" ? "topologyOnly" : "full");
    }
  });
});

describe("parity profiles", () => {
  it("ask for a scheduler and a determinism, the default for nothing", () => {
    expect(parityProfiles.map((profile) => parityOf(profile).scheduler?.kind)).toEqual([
      "cooperative",
      "cooperative",
      "roundRobin",
      undefined,
    ]);
    expect(parityOf("native_threaded")).toMatchObject({
      determinism: "modulo_commutativity",
      tier: "replay_deterministic",
    });
    expect(parityOf("runtime_default")).toEqual({});
  });
});

describe("names of determinism", () => {
  it("are read without regard to case, space and the kind of dash", () => {
    expect(parseDeterminismMode(" Modulo-Effects ")).toEqual({ ok: true, value: "modulo_effects" });
    expect(parseEffectTier("Replay_Deterministic")).toEqual({ ok: true, value: "replay_deterministic" });
    expect(parseReplayMode("NULLIFIER")).toEqual({ ok: true, value: "nullifier" });
  });

  it.each([
    [parseDeterminismMode, "UnknownDeterminismMode"],
    [parseEffectTier, "UnknownEffectDeterminismTier"],
    [parseReplayMode, "UnknownCommunicationReplayMode"],
  ] as const)("that are none are refused", (parse, kind) => {
    expect(parse("sometimes")).toMatchObject({ ok: false, error: { kind, raw: "sometimes" } });
  });
});

describe("the canonical fallback of a policy", () => {
  it("changes mode, envelope and bound, and keeps name, determinism, tier and replay", () => {
    const sync = policyForRef("aura.vm.sync_anti_entropy.prod");
    expect(sync && canonicalFallback(sync)).toEqual({
      ...sync,
      mode: "cooperative",
      envelope: "exact",
      waveBound: 1,
    });
  });
});
