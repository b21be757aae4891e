import type { ScheduleView } from "@parley/wire/http";
import { type ExecutionPolicy, policyForRef } from "../../admission/execution-policy.ts";
import { parityMet } from "../../admission/parity-met.ts";
import { schedulerRef } from "../../admission/scheduler-choice.ts";
import { budgetOf, weightOf } from "../../admission/termination-budget.ts";
import type { MachineConfig, SchedulerPolicy } from "../../machine/config.ts";
import { candidates } from "../../machine/pick.ts";
import { roleName } from "../../machine/round.ts";
import type { Coroutine, Machine } from "../../machine/state.ts";
import { wakes } from "../../machine/wake.ts";
import type { HostCore } from "../core.ts";
import type { Result } from "../host-error.ts";
import type { SessionState } from "../session/session-state.ts";
import { withState } from "./read-view.ts";
import { roleViews } from "./role-views.ts";

/** Entries of each list; a family of thousands is told by its first members. */
const LISTED = 200;

/** The picking rule in words (spec/machine.md §7.2). */
const ruleOf = ({ kind }: SchedulerPolicy): string => {
  switch (kind) {
    case "cooperative":
      return "first in, first out";
    case "roundRobin":
      return "each in turn: whoever has run goes to the end";
    case "aging":
      return "whoever has waited longest";
    case "tokenWeighted":
      return "holders of a progress token first, then whoever has waited longest";
    case "progressAware":
      return "the first with a progress token, else the first";
    case "fixed":
      return "the highest priority, then whoever has waited longest";
  }
};

const refOf = (machine: Machine, coroutine: Coroutine) => ({
  coroutine: coroutine.id,
  role: roleName(machine, coroutine.role),
  endpoint: coroutine.endpoint?.path ?? "",
});

const fullText = (full: MachineConfig["buffers"]["full"]): string =>
  full.kind === "resize" ? `resize to ${full.max}` : full.kind;

const budgetsOf = ({ image, machine }: SessionState, policy: ExecutionPolicy | undefined) => {
  const { config } = machine;
  const weight = weightOf(image);
  const { mode, capacity, full } = config.buffers;
  return {
    steps: policy === undefined ? null : budgetOf(weight, policy.class),
    weight,
    credits: config.credits,
    cost: config.cost,
    registers: config.registers,
    payloadBytes: config.maxPayloadBytes,
    payloads: config.payloads,
    edges: { mode, capacity, full: fullText(full) },
    guardLayers: config.guardLayers.filter(({ active }) => active).map(({ id }) => id),
    output: config.output.kind,
    flow: config.flow.kind,
  };
};

/** The scheduler's view of a session at a position. Reads the state, never changes it. */
export const scheduleView = (state: SessionState): ScheduleView => {
  const { machine, pin } = state;
  const { scheduler } = machine.config;
  const tick = machine.tick + 1;
  const woken = wakes(machine, tick);
  const next = candidates(machine, woken, tick);
  const running = new Set(next.map(({ id }) => id));
  const ends = roleViews(state).flatMap(({ role, paused, endpoints }) =>
    endpoints.map((end) => ({ role, paused, end })),
  );
  const waiting = ends.flatMap(({ role, end: { coroutine, endpoint, status, wait } }) =>
    status !== "blocked" || wait === null ? [] : [{ coroutine, role, endpoint, ...wait }],
  );
  const held = ends.flatMap(({ role, paused, end: { coroutine, endpoint, status } }) =>
    status !== "ready" || running.has(coroutine)
      ? []
      : [{ coroutine, role, endpoint, why: paused ? ("paused" as const) : ("down" as const) }],
  );
  const ended = (status: string): number => ends.filter(({ end }) => end.status === status).length;
  const policy = policyForRef(pin.policy);
  const fixed = scheduler.kind === "fixed" ? scheduler.priorities : undefined;
  return {
    at: state.position,
    tick: machine.tick,
    scheduler: { name: schedulerRef(scheduler), rule: ruleOf(scheduler) },
    next: next.slice(0, LISTED).map((coroutine) => ({
      ...refOf(machine, coroutine),
      woken: woken.includes(coroutine),
      tokens: coroutine.tokens,
      priority: fixed === undefined ? null : (fixed[coroutine.id] ?? 0),
    })),
    waiting: waiting.slice(0, LISTED),
    held: held.slice(0, LISTED),
    counts: {
      next: next.length,
      waiting: waiting.length,
      held: held.length,
      done: ended("done"),
      faulted: ended("faulted"),
    },
    policy: policy === undefined ? null : partsOf(policy),
    parity: [...parityMet({ scheduler, policy })],
    budgets: budgetsOf(state, policy),
  };
};

const partsOf = (policy: ExecutionPolicy): NonNullable<ScheduleView["policy"]> => ({
  class: policy.class,
  mode: policy.mode,
  envelope: policy.envelope,
  waveBound: policy.waveBound,
  determinism: policy.determinism,
  tier: policy.tier,
  replay: policy.replay,
});

/** Who runs next at a position and by which rule, who waits for what, and what the session is held to. */
export const readSchedule = (core: HostCore, id: string, at?: number): Promise<Result<ScheduleView>> =>
  withState(core, id, at, scheduleView);
