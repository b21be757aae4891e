import type { SchedulerPolicy } from "../machine/config.ts";
import type { ExecutionPolicy } from "./execution-policy.ts";
import { type ParityProfile, parityOf, parityProfiles } from "./hardening-profile.ts";

/** What parity profiles look at of a session; without a known policy there is only the scheduler. */
export interface ParityStanding {
  readonly scheduler: SchedulerPolicy;
  readonly policy: Pick<ExecutionPolicy, "determinism" | "tier"> | undefined;
}

/** Each of them a rule of admission. */
export type ParityDemand = "scheduler" | "determinism" | "tier";

/** What a profile asks for that is otherwise here, in the order of the rules. */
export const parityLacks = (
  profile: ParityProfile,
  { scheduler, policy }: ParityStanding,
): readonly ParityDemand[] => {
  const asked = parityOf(profile);
  const demands: readonly (readonly [ParityDemand, boolean])[] = [
    ["scheduler", asked.scheduler === undefined || asked.scheduler.kind === scheduler.kind],
    ["determinism", asked.determinism === undefined || asked.determinism === policy?.determinism],
    ["tier", asked.tier === undefined || asked.tier === policy?.tier],
  ];
  return demands.flatMap(([demand, met]) => (met ? [] : [demand]));
};

/** Profiles that ask for nothing that is otherwise here. */
export const parityMet = (standing: ParityStanding): readonly ParityProfile[] =>
  parityProfiles.filter((profile) => parityLacks(profile, standing).length === 0);
