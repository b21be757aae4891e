import { missingCapability } from "./capability-inventory.ts";
import {
  classOfProtocol,
  determinismProblem,
  type ExecutionPolicy,
  policyForRef,
  protocolClasses,
} from "./execution-policy.ts";
import { traitsOfMode } from "./policy-resolution.ts";
import { type AdmissionCase, type AdmissionRule, needing, passed, refusedBy, shown } from "./rule.ts";
import { budgetOf, weightOf } from "./termination-budget.ts";

/** The class a protocol is run as: the built-in table's, else the registry's. */
const classOf = ({ manifest, registered }: AdmissionCase): string | undefined =>
  classOfProtocol(manifest.protocol_id) ??
  (registered?.protocolId === manifest.protocol_id ? registered.class : undefined);

const policyOf = ({ manifest }: AdmissionCase): ExecutionPolicy | undefined =>
  policyForRef(manifest.determinism_policy_ref);

/** The protocol has a class: built in, or by its entry in the registry; never by a looser table (design §7). */
export const protocolKnown: AdmissionRule = {
  rule: "protocol-class",
  title: "The protocol has a class",
  source: "aura-runtime §4.1",
  judge: (asked) => {
    const { protocol_id: id } = asked.manifest;
    const className = classOf(asked);
    return className === undefined
      ? needing(
          `${id} is neither built in nor registered`,
          `an entry for ${id} in the workspace's registry`,
          shown("protocol", id),
        )
      : passed(
          shown("protocol", id),
          shown("class", className),
          shown(
            "from",
            classOfProtocol(id) === undefined ? "the workspace's registry" : "the built-in table",
          ),
        );
  },
};

/** The policy asked for exists (aura-runtime §4.2). */
export const policyKnown: AdmissionRule = {
  rule: "policy",
  title: "The execution policy is known",
  source: "aura-runtime §4.2",
  judge: (asked) => {
    const ref = asked.manifest.determinism_policy_ref;
    const policy = policyOf(asked);
    return policy === undefined
      ? refusedBy(`no policy is called ${ref}`, shown("policy", ref))
      : passed(shown("policy", ref), shown("mode", policy.mode), shown("determinism", policy.determinism));
  },
};

/** The policy is one of the protocol's class (aura-runtime §4.2). */
export const policyFitsClass: AdmissionRule = {
  rule: "policy-class",
  title: "The policy is made for the protocol's class",
  source: "aura-runtime §4.2",
  judge: (asked) => {
    const className = classOf(asked);
    const policy = policyOf(asked);
    if (className === undefined || policy === undefined) return refusedBy("class or policy is not known");
    const { namedPolicy } = asked;
    const evidence = [
      shown("protocol class", className),
      shown("policy class", policy.class),
      ...(namedPolicy === undefined ? [] : [shown("named by the manifest, passed over", namedPolicy)]),
    ];
    if (policy.class === className) return passed(...evidence);
    const own = Object.entries(protocolClasses).find(([name]) => name === className)?.[1].policyRef;
    return needing(
      `${policy.ref} is for ${policy.class}, not ${className}`,
      own === undefined ? "a policy of that class" : `the policy ${own}`,
      ...evidence,
    );
  },
};

/** Mode, tier and replay go together (aura-runtime §4.3). */
export const determinismValid: AdmissionRule = {
  rule: "determinism",
  title: "Determinism mode, effect tier and replay go together",
  source: "aura-runtime §4.3",
  judge: (asked) => {
    const policy = policyOf(asked);
    if (policy === undefined) return refusedBy("the policy is not known");
    const problem = determinismProblem(policy);
    const evidence = [
      shown("mode", policy.determinism),
      shown("tier", policy.tier),
      shown("replay", policy.replay),
    ];
    return problem === undefined ? passed(...evidence) : refusedBy(problem, ...evidence);
  },
};

/** A threaded policy runs as waves no wider than it declares, which the runtime must be able to vouch for (aura-runtime §4, §7). */
export const schedulingEnvelope: AdmissionRule = {
  rule: "envelope",
  title: "The scheduling envelope can be kept",
  source: "aura-runtime §7.1",
  judge: (asked) => {
    const policy = policyOf(asked);
    if (policy === undefined) return refusedBy("the policy is not known");
    const { capabilities } = traitsOfMode(policy.mode);
    const evidence = [
      shown("asked", policy.envelope),
      shown("run as", policy.mode === "cooperative" ? "one step a round" : "waves"),
      shown("wave", policy.waveBound),
      shown("needs", capabilities),
    ];
    const missing = missingCapability(asked.inventory, capabilities);
    return missing === undefined
      ? passed(...evidence)
      : needing(
          `${policy.ref} needs ${missing}, which the runtime does not provide`,
          `a runtime whose contracts include ${missing}, or a cooperative policy`,
          ...evidence,
        );
  },
};

/** The termination budget is the one computed from the image (aura-runtime §4.1, design §7). */
export const terminationBudget: AdmissionRule = {
  rule: "termination-budget",
  title: "The termination budget is the computed one",
  source: "aura-runtime §4.1",
  judge: (asked) => {
    const policy = policyOf(asked);
    if (policy === undefined) return refusedBy("the policy is not known");
    const weight = weightOf(asked.image);
    const budget = budgetOf(weight, policy.class);
    const evidence = [shown("weight", weight), shown("class", policy.class), shown("budget", budget)];
    const { registered } = asked;
    if (classOfProtocol(asked.manifest.protocol_id) === undefined && registered?.budget !== budget)
      return needing(
        "the registered budget is not the one computed from the image",
        `a registry entry with budget ${budget}`,
        ...evidence,
        shown("registered", registered?.budget ?? "none"),
      );
    return passed(...evidence);
  },
};
