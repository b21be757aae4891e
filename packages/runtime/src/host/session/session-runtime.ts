import type { SessionPin, SessionRuntime } from "@parley/wire";
import type { RunsOn } from "@parley/wire/http";
import { fullContracts, inventoryOf } from "../../admission/capability-inventory.ts";
import { policyForRef } from "../../admission/execution-policy.ts";
import { parityMet } from "../../admission/parity-met.ts";
import { inventoryOfProfile, type RuntimeProfile } from "../../admission/runtime-profile.ts";
import { defaultConfig, type MachineConfig } from "../../machine/config.ts";

/** The one backend there is: all seats of a session on one machine. */
export const HOSTED_BACKEND = "parley.hosted";

/** How a session runs unless its policy says otherwise. */
const COOPERATIVE = "cooperative";

/** What of a full runtime a profile lacks, in code point order. */
export const lacksOf = (profile: RuntimeProfile): readonly string[] => {
  const has = inventoryOfProfile(profile);
  return [...inventoryOf(fullContracts).keys()].filter((key) => has.get(key) !== true);
};

/** What entry 0 keeps of the runtime a session was admitted on. */
export const sessionRuntime = (
  profile: RuntimeProfile,
  asked: {
    readonly backend: string | undefined;
    readonly policy: string | undefined;
    readonly named: string;
  },
): SessionRuntime => {
  const lacks = lacksOf(profile);
  return {
    profile: profile.name,
    ...(lacks.length === 0 ? {} : { lacks }),
    backend: { ...(asked.backend === undefined ? {} : { asked: asked.backend }), ran: HOSTED_BACKEND },
    policy: { ...(asked.policy === undefined ? {} : { asked: asked.policy }), named: asked.named },
  };
};

/** The scheduler entry 0 pins. */
const schedulerOf = (config: SessionPin["config"]) =>
  ({ ...defaultConfig, ...(config as Partial<MachineConfig>) }).scheduler;

/** What a session really runs on, beside what was asked for; null for one that recorded nothing of it. */
export const runsOn = ({ runtime, policy, execution, config }: SessionPin): RunsOn | null =>
  runtime === undefined
    ? null
    : {
        profile: runtime.profile,
        lacks: [...(runtime.lacks ?? [])],
        backend: { asked: runtime.backend.asked ?? null, ran: runtime.backend.ran },
        mode: {
          asked: policyForRef(policy)?.mode ?? COOPERATIVE,
          ran: execution?.waves?.mode ?? COOPERATIVE,
        },
        policy: { asked: runtime.policy.asked ?? null, named: runtime.policy.named, ran: policy },
        parity: {
          asked: execution?.parity ?? null,
          met: [...parityMet({ scheduler: schedulerOf(config), policy: policyForRef(policy) })],
        },
      };
