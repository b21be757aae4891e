import { capabilityNameError } from "./capability-name.ts";

/** Capabilities without a family (spec/aura-state.md §14). */
export const genericCapabilities = [
  "read",
  "write",
  "execute",
  "delegate",
  "moderator",
  "flow_charge",
] as const;

/** What each first-party family grants, by family (spec/aura-state.md §14), with what the shipped protocols declare beyond it. */
export const capabilityFamilies = {
  amp: ["send", "receive"],
  auth: [
    "request",
    "submit_proof",
    "verify",
    "create_session",
    "guardian:request_approval",
    "guardian:coordinate",
    "guardian:submit_proof",
    "guardian:verify",
  ],
  chat: ["channel:create", "message:send"],
  consensus: ["initiate", "witness_nonce", "aggregate_nonces", "witness_sign", "finalize"],
  dkd: ["initiate", "commit", "reveal", "finalize"],
  invitation: [
    "send",
    "accept",
    "decline",
    "cancel",
    "guardian",
    "guardian:accept",
    "channel",
    "device:enroll",
    "device:accept",
  ],
  ota: ["propose", "commit_readiness", "activate", "abort"],
  recovery: [
    "initiate",
    "coordinate",
    "approve",
    "finalize",
    "cancel",
    "guardian_ceremony:propose",
    "guardian_ceremony:respond",
    "guardian_ceremony:finalize",
    "guardian_ceremony:cancel",
    "guardian_setup:initiate",
    "guardian_setup:accept_invitation",
    "guardian_setup:verify_invitation",
    "guardian_setup:complete",
    "membership_change:initiate",
    "membership_change:vote",
    "membership_change:verify_proposal",
    "membership_change:complete",
  ],
  relay: ["forward"],
  rendezvous: ["publish", "connect", "relay"],
  session: [
    "request",
    "invite_participants",
    "respond",
    "create",
    "notify_participants",
    "reject_creation",
    "notify_participants_failure",
  ],
  sync: [
    "request_digest",
    "request_ops",
    "push_ops",
    "announce_op",
    "push_op",
    "epoch:propose_rotation",
    "epoch:confirm_readiness",
    "epoch:commit_rotation",
    "device_epoch:propose",
    "device_epoch:accept",
    "device_epoch:commit",
  ],
} as const satisfies { readonly [family: string]: readonly string[] };

/** The whole first-party vocabulary, sorted: what a first token of an authority grants. */
export const firstPartyCapabilities: readonly string[] = [
  ...genericCapabilities,
  ...Object.entries(capabilityFamilies).flatMap(([family, names]) =>
    names.map((name) => `${family}:${name}`),
  ),
].sort();

const firstParty: ReadonlySet<string> = new Set(firstPartyCapabilities);

/**
 * Where a capability comes from. `example` and `module` are reserved: the first
 * for texts that show something, the second for `module:<id>:<path>` of an
 * admitted module. `own` is any other valid name, such as a protocol's own.
 */
export type CapabilityOrigin = "first-party" | "example" | "module" | "own" | "invalid";

/**
 * Tells where a capability comes from; it grants nothing.
 *
 * @example capabilityOrigin("module:games:chess:move") // "module"
 */
export const capabilityOrigin = (name: string): CapabilityOrigin => {
  if (capabilityNameError(name) !== undefined) return "invalid";
  if (firstParty.has(name)) return "first-party";
  const [namespace, id = "", path = ""] = name.split(":");
  if (namespace === "example") return "example";
  if (namespace !== "module") return "own";
  return id === "" || path === "" ? "invalid" : "module";
};

/** What a delegation may pass on: the requested capabilities its source has, sorted, each once. */
export const delegatedCapabilities = (
  source: readonly string[],
  requested: readonly string[],
): readonly string[] => {
  const had = new Set(source);
  return [...new Set(requested)].filter((name) => had.has(name)).sort();
};
