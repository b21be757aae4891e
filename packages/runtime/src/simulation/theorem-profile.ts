import type { DeclaredProfile, Scenario } from "./scenario.ts";

/** What a run may claim (spec/simulation.md §5); runs here are always canonical. */
export interface TheoremProfile {
  readonly scheduler: Exclude<DeclaredProfile["scheduler"], "auto">;
  readonly envelope: Exclude<DeclaredProfile["envelope"], "auto">;
  readonly bundle: Exclude<DeclaredProfile["bundle"], "auto">;
  readonly eligibility: "exact" | "envelope_bounded" | "ineligible";
  readonly reason: string | null;
}

const REGIME = "canonical_exact";

/** Works out the profile of a scenario. One that is not eligible stops no run. */
export const resolveProfile = (scenario: Scenario): TheoremProfile => {
  const { profile, network, adversaries, reconfigurations, faults } = scenario;
  const disturbed = network !== undefined || adversaries.length + reconfigurations.length + faults.length > 0;
  const scheduler = profile.scheduler === "auto" ? REGIME : profile.scheduler;
  const envelope = profile.envelope === "auto" ? "exact" : profile.envelope;
  const usual = disturbed ? "observed_transport" : "fault_free_transport";
  const bundle = profile.bundle === "auto" ? usual : profile.bundle;
  const reason = conflict(scheduler, envelope, bundle, disturbed);
  const eligible = envelope === "exact" ? "exact" : "envelope_bounded";
  return {
    scheduler,
    envelope,
    bundle,
    eligibility: reason === null ? eligible : "ineligible",
    reason,
  };
};

const conflict = (
  scheduler: TheoremProfile["scheduler"],
  envelope: TheoremProfile["envelope"],
  bundle: TheoremProfile["bundle"],
  disturbed: boolean,
): string | null => {
  if (scheduler !== REGIME) {
    const needs = scheduler === "threaded_envelope" ? "threaded_envelope_bounded" : scheduler;
    return `scheduler profile ${scheduler} requires ${needs} execution, got ${REGIME}`;
  }
  if (bundle === "fault_free_transport" && disturbed)
    return "fault_free_transport does not allow a network, adversaries, reconfigurations or faults";
  return envelope === "none" ? "envelope profile none makes no claim" : null;
};
