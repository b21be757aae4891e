import type { SessionExecution } from "@parley/wire";
import type { OpenSessionRequest } from "@parley/wire/http";
import { type ExecutionPolicy, policyForRef } from "../../admission/execution-policy.ts";
import { configOfProfile, hardeningProfiles, parityOf } from "../../admission/hardening-profile.ts";
import {
  configuredGuardCapacity,
  noSignals,
  schedulerFor,
  schedulerInputFor,
  schedulerRef,
} from "../../admission/scheduler-choice.ts";
import type { CodeImage } from "../../machine/code/image.ts";
import { defaultConfig, type MachineConfig, type SchedulerPolicy } from "../../machine/config.ts";

/** The machine's configuration of a new session, and what is said about it. */
export interface SessionConfig {
  readonly config: MachineConfig;
  /** Absent where nothing but the default was asked for. */
  readonly execution: SessionExecution | undefined;
}

/** Layers of every hardening profile: what counts where a session was opened without one. */
const PROFILE_SLOTS = configuredGuardCapacity(configOfProfile(hardeningProfiles[0]).guardLayers ?? []);

/** Coroutines of a hosted session are its roles, in their order. */
const fixedBy = (image: CodeImage, priorities: OpenSessionRequest["priorities"]): SchedulerPolicy => ({
  kind: "fixed",
  priorities: Object.fromEntries(
    image.roles.flatMap((role, index) => {
      const priority = priorities?.[role];
      return priority === undefined ? [] : [[String(index), priority] as const];
    }),
  ),
});

const chooseScheduler = (
  image: CodeImage,
  policy: ExecutionPolicy,
  config: MachineConfig,
  request: OpenSessionRequest,
): { readonly policy: SchedulerPolicy; readonly said: SessionExecution["scheduler"] } | undefined => {
  const { scheduler: asked } = request;
  if (asked === undefined) return undefined;
  const guardSlots =
    config.guardLayers.length === 0 ? PROFILE_SLOTS : configuredGuardCapacity(config.guardLayers);
  const signals = { ...noSignals, ...request.signals };
  const input = schedulerInputFor(image, { protocolClass: policy.class, guardSlots, signals });
  const byName: SchedulerPolicy =
    asked === "fixed" || asked === "auto" ? fixedBy(image, request.priorities) : { kind: asked };
  const named =
    asked === "auto"
      ? schedulerFor(input)
      : { policy: byName, ref: schedulerRef(byName), why: "asked for by name" };
  const { protocolClass, weight } = input;
  const about = { protocolClass, weight, guardSlots, signals: input.signals };
  return { policy: named.policy, said: { asked, used: named.ref, why: named.why, ...about } };
};

/** A threaded policy runs as waves of its bound; roles are what may run side by side in a session. */
const wavesOf = (policy: ExecutionPolicy): SessionExecution["waves"] | undefined =>
  policy.mode === "cooperative"
    ? undefined
    : { mode: policy.mode, envelope: policy.envelope, width: Math.max(1, policy.waveBound) };

/**
 * Works out a session's configuration: the default, what its hardening profile
 * changes, the scheduler of its parity profile, that asked for or chosen, and
 * waves where its policy is threaded (spec/aura-runtime.md §4–§6).
 */
export const sessionConfig = (
  image: CodeImage,
  policyRef: string,
  request: OpenSessionRequest,
): SessionConfig => {
  const policy = policyForRef(policyRef);
  const { profile, parity } = request;
  const { scheduler: agreed } = parity === undefined ? {} : parityOf(parity);
  const base: MachineConfig = {
    ...defaultConfig,
    ...(profile === undefined ? {} : configOfProfile(profile)),
    ...(agreed === undefined ? {} : { scheduler: agreed }),
  };
  if (policy === undefined) return { config: base, execution: undefined };
  const scheduler = chooseScheduler(image, policy, base, request);
  const waves = wavesOf(policy);
  const config: MachineConfig = {
    ...base,
    ...(profile === undefined ? {} : { replay: policy.replay }),
    ...(scheduler === undefined ? {} : { scheduler: scheduler.policy }),
    ...(waves === undefined ? {} : { wave: { width: waves.width, lanes: waves.width, widening: true } }),
  };
  const execution: SessionExecution = {
    ...(scheduler?.said === undefined ? {} : { scheduler: scheduler.said }),
    ...(waves === undefined ? {} : { waves }),
    ...(profile === undefined ? {} : { profile }),
    ...(parity === undefined ? {} : { parity }),
  };
  return { config, execution: Object.keys(execution).length === 0 ? undefined : execution };
};
