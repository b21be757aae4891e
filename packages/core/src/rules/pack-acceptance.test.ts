import { describe, expect, it } from "vitest";
import { parse } from "../parse.ts";
import { packAcceptance } from "./pack-acceptance.ts";

const envelope =
  "protocol_machine_envelope_adherence, protocol_machine_envelope_admission, protocol_envelope_bridge";
const source = (pack: string, keys: string, module = "vault", facts = true): string =>
  `module ${module} exposing (Rotate)\nproof_bundle ${pack} requires [${keys}]\nprotocol Rotate requires ${pack} =\n  roles A, B\n  A { flow_cost : 1${facts ? ', journal_facts : "rotated"' : ""} } -> B : Key\n`;
const unmet = (text: string): readonly (readonly string[])[] =>
  packAcceptance(parse(text).file).map(({ conditions }) =>
    conditions.filter(({ met }) => !met).map(({ condition }) => condition),
  );

describe("the acceptance rule", () => {
  it("has five conditions, each with evidence, and accepts a pack that meets them", () => {
    const [found] = packAcceptance(parse(source("AuraAuthorityEvidence", envelope)).file);
    expect(found?.conditions.map(({ condition }) => condition)).toEqual([
      "atStake",
      "mapped",
      "failsClosed",
      "negativeTest",
      "positiveTest",
    ]);
    expect(found?.conditions.every(({ evidence }) => evidence.length > 0)).toBe(true);
    expect(found?.accepted).toBe(true);
  });

  it("accepts no pack where nothing is at stake", () => {
    expect(unmet(source("AuraAuthorityEvidence", envelope, "rendezvous"))).toEqual([["atStake"]]);
    expect(unmet(source("AuraAuthorityEvidence", envelope, "vault", false))).toEqual([["atStake"]]);
  });

  it("accepts no pack with a key nobody reads, or one that drifted", () => {
    expect(unmet(source("AuraAuthorityEvidence", `${envelope}, consensus_envelope`))).toEqual([
      ["mapped", "failsClosed"],
    ]);
    expect(unmet(source("AuraTransitionSafety", envelope))).toEqual([["failsClosed"]]);
  });

  it("accepts no pack without a policy: nothing speaks for it", () => {
    expect(unmet(source("AuraConsensusDeployment", "consensus_envelope"))).toEqual([
      ["atStake", "mapped", "failsClosed", "negativeTest", "positiveTest"],
    ]);
  });

  it("says nothing about a protocol without packs", () => {
    expect(packAcceptance(parse("protocol P =\n  roles A, B\n  A -> B : Hi\n").file)).toEqual([]);
  });
});
