import { classOfProtocol, executionPolicies, policyForRef } from "./execution-policy.ts";
import { parityOf } from "./hardening-profile.ts";
import { parityLacks } from "./parity-met.ts";
import { type AdmissionCase, type AdmissionRule, needing, passed, refusedBy, shown } from "./rule.ts";
import { schedulerRef } from "./scheduler-choice.ts";

const SOURCE = "aura-runtime §6";
const ANY = "any";

const policyOf = ({ manifest }: AdmissionCase) => policyForRef(manifest.determinism_policy_ref);

/** Policies that meet a profile's determinism and tier and that the protocol may run under. */
const fitting = (
  { manifest }: AdmissionCase,
  { profile, scheduler }: NonNullable<AdmissionCase["parity"]>,
): readonly string[] => {
  const className = classOfProtocol(manifest.protocol_id);
  return executionPolicies.flatMap((policy) =>
    (className === undefined || policy.class === className) &&
    parityLacks(profile, { scheduler, policy }).every((lack) => lack === "scheduler")
      ? [policy.ref]
      : [],
  );
};

const parityScheduler: AdmissionRule = {
  rule: "parity-scheduler",
  title: "The scheduler is the parity profile's",
  source: SOURCE,
  judge: (asked) => {
    const { parity } = asked;
    if (parity === undefined) return refusedBy("no parity profile is asked for");
    const { profile, scheduler } = parity;
    const wanted = parityOf(profile).scheduler;
    const evidence = [
      shown("parity profile", profile),
      shown("asks for", wanted === undefined ? ANY : schedulerRef(wanted)),
      shown("scheduler", schedulerRef(scheduler)),
    ];
    return wanted === undefined ||
      !parityLacks(profile, { scheduler, policy: undefined }).includes("scheduler")
      ? passed(...evidence)
      : needing(
          `${profile} runs on ${schedulerRef(wanted)}, not on ${schedulerRef(scheduler)}`,
          `the scheduler ${schedulerRef(wanted)}, or none asked for`,
          ...evidence,
        );
  },
};

/** The rule that the policy has a part as the profile asks; a policy is not changed for the sake of a profile. */
const partRule = (
  part: "determinism" | "tier",
  words: { readonly rule: string; readonly title: string; readonly name: string },
): AdmissionRule => ({
  rule: words.rule,
  title: words.title,
  source: SOURCE,
  judge: (asked) => {
    const { parity } = asked;
    const policy = policyOf(asked);
    if (parity === undefined) return refusedBy("no parity profile is asked for");
    if (policy === undefined) return refusedBy("the policy is not known");
    const { profile, scheduler } = parity;
    const wanted = parityOf(profile)[part];
    const evidence = [
      shown("parity profile", profile),
      shown("asks for", wanted ?? ANY),
      shown("policy", policy.ref),
      shown(words.name, policy[part]),
    ];
    if (!parityLacks(profile, { scheduler, policy }).includes(part)) return passed(...evidence);
    const reason = `${profile} needs ${wanted}; ${policy.ref} has ${policy[part]}`;
    const others = fitting(asked, parity);
    return others.length === 0
      ? refusedBy(reason, ...evidence)
      : needing(reason, `the policy ${others.join(" or ")}`, ...evidence);
  },
});

/** Asked beside the others where an opening asks for a parity profile: the session meets all of it, or is refused. */
export const parityRules: readonly AdmissionRule[] = [
  parityScheduler,
  partRule("determinism", {
    rule: "parity-determinism",
    title: "The policy is as deterministic as the parity profile",
    name: "determinism",
  }),
  partRule("tier", {
    rule: "parity-tier",
    title: "The policy's effect tier is the parity profile's",
    name: "tier",
  }),
];
