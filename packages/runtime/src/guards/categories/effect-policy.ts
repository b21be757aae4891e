import type { ApprovalThreshold } from "./approval-threshold.ts";
import type { OperationCategory } from "./operation-category.ts";

/** Who has to have a say. */
export type CapabilityRequirement =
  | { readonly kind: "role"; readonly role: string }
  | { readonly kind: "authority"; readonly authority: string }
  | { readonly kind: "initiator" }
  | { readonly kind: "anyMember" };

/** The ceremonies an operation may need. */
export type CeremonyType =
  | "invitation"
  | "guardian_rotation"
  | "recovery"
  | "ota_activation"
  | "group_membership";

/** When an operation takes effect (spec/aura-state.md §15). */
export type EffectTiming =
  | { readonly kind: "immediate" }
  | {
      readonly kind: "deferred";
      readonly requiresApprovalFrom: readonly CapabilityRequirement[];
      /** ms. */
      readonly timeout: number;
      readonly threshold: ApprovalThreshold;
    }
  | { readonly kind: "blocking"; readonly ceremony: CeremonyType };

/** What is done with an operation now. */
export type EffectDecision =
  | { readonly kind: "applyImmediate" }
  | {
      readonly kind: "createProposal";
      readonly approvers: readonly CapabilityRequirement[];
      readonly threshold: ApprovalThreshold;
      readonly timeout: number;
    }
  | { readonly kind: "runCeremony"; readonly ceremony: CeremonyType };

/** How much is at stake. */
export type SecurityLevel = "Low" | "Medium" | "High" | "Critical";

/** An operation's timing and level. */
export interface EffectPolicy {
  readonly timing: EffectTiming;
  readonly level: SecurityLevel;
}

/** An operation that no policy speaks of, asked for without a level to fall back on. */
export interface PolicyNotFound {
  readonly code: "PAR7664";
  readonly kind: "policy-not-found";
  readonly operation: string;
}

const HOUR = 3_600_000;
const any: ApprovalThreshold = { kind: "any" };
const unanimous: ApprovalThreshold = { kind: "unanimous" };

const deferred = (role: string, hours: number, threshold: ApprovalThreshold): EffectTiming => ({
  kind: "deferred",
  requiresApprovalFrom: [{ kind: "role", role }],
  timeout: hours * HOUR,
  threshold,
});
const blocking = (ceremony: CeremonyType): EffectTiming => ({ kind: "blocking", ceremony });

/** The table of the chapter: level and timing, then the operations they hold for. */
const groups: readonly (readonly [SecurityLevel, EffectTiming, readonly string[]])[] = [
  [
    "Low",
    { kind: "immediate" },
    [
      "send_message",
      "edit_message",
      "delete_message",
      "react_to_message",
      "create_channel",
      "update_channel_topic",
      "pin_message",
      "block_contact",
      "unblock_contact",
      "set_contact_nickname",
      "update_profile",
      "update_preferences",
    ],
  ],
  [
    "Medium",
    deferred("admin", 24, any),
    ["archive_channel", "add_channel_member", "remove_channel_member", "change_channel_permissions"],
  ],
  ["Medium", deferred("admin", 48, any), ["join_social_block", "propose_block_one_hop_link"]],
  ["High", deferred("admin", 24, unanimous), ["delete_channel", "remove_group_member"]],
  ["High", deferred("owner", 168, unanimous), ["transfer_channel_ownership"]],
  ["Critical", blocking("invitation"), ["add_contact", "add_device"]],
  ["Critical", blocking("group_membership"), ["create_group", "add_group_member"]],
  ["Critical", blocking("guardian_rotation"), ["rotate_guardians", "revoke_device"]],
  ["Critical", blocking("recovery"), ["execute_recovery", "approve_recovery"]],
  ["Critical", blocking("ota_activation"), ["propose_ota_update", "activate_ota"]],
];

/** Timing and level by operation, unless a context says otherwise. */
export const defaultPolicies: ReadonlyMap<string, EffectPolicy> = new Map(
  groups.flatMap(([level, timing, operations]) =>
    operations.map((operation) => [operation, { timing, level }] as const),
  ),
);

/** The timing of an operation nobody listed, by what is at stake. */
export const fallbackTiming = (level: SecurityLevel): EffectTiming => {
  switch (level) {
    case "Low":
      return { kind: "immediate" };
    case "Medium":
      return deferred("admin", 24, any);
    case "High":
      return deferred("admin", 24, unanimous);
    case "Critical":
      return blocking("invitation");
  }
};

/** What is done with an operation of this timing. */
export const decideEffect = (timing: EffectTiming): EffectDecision => {
  switch (timing.kind) {
    case "immediate":
      return { kind: "applyImmediate" };
    case "deferred":
      return {
        kind: "createProposal",
        approvers: timing.requiresApprovalFrom,
        threshold: timing.threshold,
        timeout: timing.timeout,
      };
    case "blocking":
      return { kind: "runCeremony", ceremony: timing.ceremony };
  }
};

/** The category of an operation with this timing. */
export const timingCategory = (timing: EffectTiming): OperationCategory => {
  switch (timing.kind) {
    case "immediate":
      return "A";
    case "deferred":
      return "B";
    case "blocking":
      return "C";
  }
};

/**
 * What is done with an operation: by the context's own override, else the
 * default table, else the fallback of its level. An operation that none speaks
 * of is not let through.
 *
 * @example effectOf("archive_channel") // a proposal for any admin, 24 h
 */
export const effectOf = (
  operation: string,
  overrides: ReadonlyMap<string, EffectTiming> = new Map(),
  level?: SecurityLevel,
): EffectDecision | PolicyNotFound => {
  const timing =
    overrides.get(operation) ??
    defaultPolicies.get(operation)?.timing ??
    (level === undefined ? undefined : fallbackTiming(level));
  return timing === undefined
    ? { code: "PAR7664", kind: "policy-not-found", operation }
    : decideEffect(timing);
};
