import type { MachineEvent } from "@parley/wire";
import { commit } from "../machine/commit.ts";
import type { Frame } from "../machine/frame-queue.ts";
import { type FramePlace, putFrame } from "../machine/in-flight.ts";
import { type Plan, plan } from "../machine/plan.ts";
import type { Answers, Request } from "../machine/request.ts";
import type { Machine, Timer } from "../machine/state.ts";
import { cancelScope, expireTimer, runningTimers } from "../machine/timers.ts";
import { wakeDenied, wakeFor } from "../machine/wake.ts";
import { actorOf } from "./local-walk.ts";
import { coroutineOf, runOne } from "./step-role.ts";

/** What concerned one role of a run, in order: all that it is told when it runs alone. */
export type RoleStep =
  | { readonly kind: "arrived"; readonly place: FramePlace; readonly frame: Frame }
  | {
      readonly kind: "ran";
      readonly path: string;
      readonly answers: Answers;
      readonly events: readonly MachineEvent[];
      readonly sent: readonly SentFrame[];
    }
  | { readonly kind: "woken" }
  | { readonly kind: "timer"; readonly id: string }
  | { readonly kind: "cancel"; readonly id: string };

export interface SentFrame {
  readonly place: FramePlace;
  readonly frame: Frame;
}

export interface RoleLogs {
  readonly logs: ReadonlyMap<string, readonly RoleStep[]>;
  readonly events: readonly MachineEvent[];
}

const framesOf = (machine: Machine, events: readonly MachineEvent[]): readonly SentFrame[] =>
  events.flatMap((event) => {
    if (event.kind !== "sent") return [];
    const edge = machine.sessions
      .get(0)
      ?.edges.find(({ name }) => name.from === event.edge.from && name.to === event.edge.to);
    const frame = edge?.frames.list().find(({ seq }) => seq === event.seq);
    return frame === undefined ? [] : [{ place: event.edge, frame }];
  });

const wakeRole = (machine: Machine, role: string): void => {
  wakeDenied(machine, role);
  for (const { endpoint, role: index } of [...machine.coroutines.values()])
    if (machine.image.roles[index] === role) wakeFor(machine, role, endpoint?.path ?? "");
};

const answersOf = (requests: readonly Request[], dice: () => number, at: number): Answers => {
  const decision = requests.find((request) => request.kind === "decision");
  if (dice() % 7 === 0) return { at };
  const option = decision?.options[dice() % decision.options.length];
  return { at, guard: { allow: true }, ...(option === undefined ? {} : { label: option.label }) };
};

/** One round of whoever is picked, noted with the picked role and with whoever it sent to. */
const round = (
  machine: Machine,
  next: Plan,
  answers: Answers,
  logs: ReadonlyMap<string, RoleStep[]>,
): readonly MachineEvent[] => {
  const picked = machine.coroutines.get(next.coroutine ?? -1);
  const role = machine.image.roles[picked?.role ?? -1] ?? "";
  const path = picked?.endpoint?.path ?? "";
  const { events } = commit(machine, next, answers);
  const sent = framesOf(machine, events);
  logs.get(role)?.push({ kind: "ran", path, answers, events, sent });
  for (const one of sent) logs.get(one.place.to)?.push({ kind: "arrived", ...one });
  return events;
};

/** A timer runs out, or its scope is cancelled. */
const fire = (
  machine: Machine,
  timer: Timer,
  cancel: boolean,
  logs: ReadonlyMap<string, RoleStep[]>,
): void => {
  const kind = timer.cancellable && cancel ? "cancel" : "timer";
  const owner = machine.coroutines.get(timer.coroutine)?.role ?? 0;
  logs.get(machine.image.roles[owner] ?? "")?.push({ kind, id: timer.id });
  if (kind === "cancel") cancelScope(machine, 0, timer.id);
  else expireTimer(machine, 0, timer.id);
};

/** Runs everybody by rolled answers, timers and cancels, and keeps apart what concerned each role. */
export const logRoles = (machine: Machine, seeds: readonly number[], max: number): RoleLogs => {
  let rolled = 0;
  const dice = (): number => {
    rolled += 1;
    return seeds[rolled % seeds.length] ?? 0;
  };
  const { roles } = machine.image;
  const logs = new Map<string, RoleStep[]>(roles.map((role) => [role, []]));
  const events: MachineEvent[] = [];
  for (let moves = 0; moves < max && machine.live > 0; moves += 1) {
    const timers = runningTimers(machine);
    const timer = timers[dice() % Math.max(timers.length, 1)];
    const next = plan(machine);
    const idle = next.kind === "stuck" && machine.asking.size === 0;
    if (timer !== undefined && (idle || dice() % 9 === 0)) fire(machine, timer, dice() % 3 === 0, logs);
    else if (next.kind === "run")
      events.push(...round(machine, next, answersOf(next.requests, dice, moves), logs));
    else if (idle) break;
    else
      for (const role of roles) {
        wakeRole(machine, role);
        logs.get(role)?.push({ kind: "woken" });
      }
  }
  return { logs, events };
};

/** Whether a role let go of the frame itself; what is left over at the very end is the session's. */
const discards = (role: string, event: MachineEvent, events: readonly MachineEvent[]): boolean =>
  event.kind === "discarded" &&
  event.edge.to === role &&
  !events.some(({ kind }) => kind === "completed" || kind === "halted");

/** What of its events belongs to a role, without rounds and the ids of coroutines, which others take too. */
export const ownEvents = (role: string, events: readonly MachineEvent[]): readonly unknown[] =>
  events
    .filter((event) => actorOf(event) === role || discards(role, event, events))
    .map((event) => {
      const {
        tick: _tick,
        coroutine: _id,
        children,
        ...rest
      } = event as MachineEvent & {
        readonly coroutine?: number;
        readonly children?: readonly number[];
      };
      return children === undefined ? rest : { ...rest, children: children.length };
    });

/** One difference between what a role did among the others and what it does alone. */
export interface AloneDifference {
  readonly step: number;
  readonly among: unknown;
  readonly alone: unknown;
}

/** Runs a role in a machine where nobody else moves, on what came to it; answers the first difference. */
export const runAlone = (
  machine: Machine,
  role: string,
  log: readonly RoleStep[],
): AloneDifference | undefined => {
  for (const [step, one] of log.entries()) {
    if (one.kind === "arrived") putFrame(machine, one.place, one.frame);
    else if (one.kind === "woken") wakeRole(machine, role);
    else if (one.kind === "timer") expireTimer(machine, 0, one.id);
    else if (one.kind === "cancel") cancelScope(machine, 0, one.id);
    else {
      const coroutine = coroutineOf(machine, role, one.path);
      const outcome = coroutine && runOne(machine, coroutine, () => one.answers);
      const done = outcome?.events ?? [];
      const among = { events: ownEvents(role, one.events), sent: one.sent };
      const alone = outcome && { events: ownEvents(role, done), sent: framesOf(machine, done) };
      if (JSON.stringify(among) !== JSON.stringify(alone)) return { step, among, alone };
    }
  }
  return undefined;
};
