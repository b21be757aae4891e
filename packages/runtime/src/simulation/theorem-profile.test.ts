import { describe, expect, it } from "vitest";
import { pingSource } from "../testing/sample-sources.ts";
import { imageOfText, ran } from "../testing/simulated.ts";

const one = imageOfText(pingSource);

describe("a theorem profile", () => {
  it("is exact for a calm run and for an observed one", () => {
    expect(ran(one).profile).toEqual({
      scheduler: "canonical_exact",
      envelope: "exact",
      bundle: "fault_free_transport",
      eligibility: "exact",
      reason: null,
    });
    expect(ran(one, { adversaries: [{ action: { type: "withholding" } }] }).profile).toMatchObject({
      bundle: "observed_transport",
      eligibility: "exact",
    });
  });

  it("that promises too much is not eligible and stops nothing", () => {
    const result = ran(one, { network: {}, theorem: { assumption_bundle: "fault_free_transport" } });
    expect(result).toMatchObject({ outcome: "completed", profile: { eligibility: "ineligible" } });
    expect(ran(one, { theorem: { scheduler_profile: "threaded_exact" } }).profile.reason).toBe(
      "scheduler profile threaded_exact requires threaded_exact execution, got canonical_exact",
    );
  });
});
