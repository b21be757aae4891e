import type { MachineConfig, SchedulerPolicy } from "../machine/config.ts";
import type { FlowPredicate } from "../machine/flow-predicate.ts";
import { outputPredicates } from "../machine/output-predicates.ts";
import type { ExecutionPolicy } from "./execution-policy.ts";

/** Guard layers a protocol may enter (spec/aura-runtime.md §6). */
export const guardLayers = {
  migrationLock: "aura.guard.migration_lock",
  highValueSlot: "aura.guard.high_value_protocol_slot",
} as const;

/** Prefixes of the roles that may be told what a protocol knows. */
const FLOW_ROLES = [
  "Proposer",
  "Witness",
  "Observer",
  "Committer",
  "Issuer",
  "Invitee",
  "Inviter",
  "Requester",
  "Guardian",
  "Primary",
  "Replica",
  "Sync",
  "Relay",
  "Context",
];

/** Who may be told a fact under a hardening profile, as plain data. */
export const flowPolicyPredicate: FlowPredicate = {
  kind: "any",
  of: FLOW_ROLES.map((prefix) => ({ kind: "targetRolePrefix", prefix })),
};

/** The outputs a hardening profile lets leave, by name. */
export const outputAllowList: readonly string[] = [
  outputPredicates.observable,
  "protocol_machine.observable_output",
  outputPredicates.send,
  outputPredicates.recv,
  outputPredicates.choice,
  outputPredicates.step,
  outputPredicates.acquire,
  outputPredicates.release,
];

export const hardeningProfiles = ["dev", "ci", "prod"] as const;
export type HardeningProfile = (typeof hardeningProfiles)[number];

/** Reads a profile's name; `production` is `prod`. */
export const parseHardeningProfile = (text: string): HardeningProfile | undefined => {
  const name = text.trim().toLowerCase();
  return name === "production" ? "prod" : hardeningProfiles.find((profile) => profile === name);
};

export const parityProfiles = [
  "native_cooperative",
  "wasm_cooperative",
  "native_threaded",
  "runtime_default",
] as const;
/** Which runtime a session is to agree with. */
export type ParityProfile = (typeof parityProfiles)[number];

/** What a parity profile asks of scheduler and determinism; the default asks for nothing. */
export const parityOf = (
  profile: ParityProfile,
): Partial<Pick<ExecutionPolicy, "determinism" | "tier"> & { readonly scheduler: SchedulerPolicy }> => {
  switch (profile) {
    case "native_cooperative":
    case "wasm_cooperative":
      return { scheduler: { kind: "cooperative" }, determinism: "full", tier: "strict_deterministic" };
    case "native_threaded":
      return {
        scheduler: { kind: "roundRobin" },
        determinism: "modulo_commutativity",
        tier: "replay_deterministic",
      };
    case "runtime_default":
      return {};
  }
};

/** Which effects a session under the profile keeps. */
export const captureOf = (profile: HardeningProfile): "full" | "topologyOnly" =>
  profile === "prod" ? "topologyOnly" : "full";

const MAX_PAYLOAD_BYTES = 262_144;

/** What a profile changes in the machine's default configuration (spec/aura-runtime.md §6). */
export const configOfProfile = (profile: HardeningProfile): Partial<MachineConfig> => ({
  output: { kind: "allowNamed", predicates: outputAllowList },
  flow: { kind: "predicate", predicate: flowPolicyPredicate },
  guardLayers: [
    { id: guardLayers.migrationLock, active: true },
    { id: guardLayers.highValueSlot, active: true },
  ],
  payloads: "structural",
  maxPayloadBytes: MAX_PAYLOAD_BYTES,
  replay: profile === "ci" ? "sequence" : "off",
});
