import type { MachineEvent, Read, SessionInput } from "@parley/wire";
import {
  type ControlResult,
  cancelSession,
  closeSession,
  inject,
  pauseRole,
  resumeRole,
} from "../../machine/controls.ts";
import { type Intervention, intervene } from "../../machine/intervene.ts";
import { cancelScope, expireTimer, type TimerResult } from "../../machine/timers.ts";
import { wakeDeniedAt, wakeFor } from "../../machine/wake.ts";
import { countInto } from "../../observe/observation.ts";
import { HOSTED_SESSION } from "./endpoints.ts";
import type { Gather } from "./gather.ts";
import { refKey } from "./given.ts";
import { noteOperations } from "./operation-lane.ts";
import { type Ran, runToProtocolEvent, runToQuiescence } from "./rounds.ts";
import { delayedSteps } from "./script-answer.ts";
import { type SentFact, sentFacts } from "./session-facts.ts";
import type { SessionState } from "./session-state.ts";
import { sessionStatus } from "./session-status.ts";
import { noteTopology } from "./topology-lane.ts";

/** What an input did to a session, beside changing its state. */
export interface Applied {
  /** Set when rounds ran, or could have. */
  readonly rounds: number | undefined;
  readonly reads: readonly Read[];
  readonly events: readonly MachineEvent[];
  readonly facts: readonly SentFact[];
}

/** `checkInput` lets no input through that the machine would refuse. */
const controlled = (result: ControlResult | TimerResult): readonly MachineEvent[] => {
  if (!result.ok) throw new Error(`an accepted input was refused by the machine: ${result.error.kind}`);
  return result.events;
};

/** The part of an input that is not rounds: what it does to inbox, clock and machine. */
export const control = (state: SessionState, input: SessionInput): readonly MachineEvent[] => {
  const { machine } = state;
  switch (input.kind) {
    case "decide":
      state.inbox.decisions.set(refKey(input), { value: input.label, seq: state.position });
      wakeFor(machine, input.seat, input.endpoint);
      return [];
    case "payload":
      state.inbox.payloads.set(refKey(input), { value: input.value, seq: state.position });
      wakeFor(machine, input.seat, input.endpoint);
      return [];
    case "pause":
      return pauseRole(machine, input.role);
    case "resume":
      return resumeRole(machine, input.role);
    case "inject":
      return controlled(inject(machine, { ...input, payload: input.value, sid: HOSTED_SESSION }));
    case "topology":
      return intervene(machine, input.event as Intervention);
    case "cancel":
      return controlled(
        input.scope === undefined
          ? cancelSession(machine, HOSTED_SESSION, input.reason)
          : cancelScope(machine, HOSTED_SESSION, input.scope),
      );
    case "timer":
      return controlled(expireTimer(machine, HOSTED_SESSION, input.id));
    case "close":
      return controlled(closeSession(machine, HOSTED_SESSION));
    default:
      return [];
  }
};

/** Wakes whoever waits for a delayed row of the script that is due by now. */
const wakeScripted = ({ pin, machine, cursor, at }: SessionState): void => {
  if (pin.script === undefined) return;
  for (const { role, endpoint, due } of delayedSteps(pin.script, cursor))
    if (due <= at) wakeFor(machine, role, endpoint);
};

/** Wakes whoever was denied and may try again, by what the guards had read; answers the reads that say so. */
const retryDenied = (state: SessionState, gather: Gather): readonly Read[] =>
  state.denials.flatMap((denied) => {
    const read = gather.retry(state, denied);
    if (read === undefined) return [];
    state.denials = state.denials.filter((one) => one !== denied);
    wakeDeniedAt(state.machine, denied.role, denied.endpoint);
    return [read];
  });

const none: Ran = { rounds: 0, reads: [], events: [] };

/**
 * Applies one input that was not refused. The one code path of live execution
 * and of every fold: they differ only in the gather (model §1.2).
 */
export const applyInput = (state: SessionState, input: SessionInput, at: number, gather: Gather): Applied => {
  state.at = at;
  state.position += 1;
  const before = control(state, input);
  if (input.kind === "topology") noteTopology(state, input.event);
  wakeScripted(state);
  const eager = state.pin.drive === "eager" && sessionStatus(state.machine) === "active";
  const stepped = input.kind === "advance" && state.pin.drive === "manual";
  const retries = state.denials.length > 0 && (stepped || eager) ? retryDenied(state, gather) : [];
  const ran = stepped
    ? runToProtocolEvent(state, gather, input.max)
    : eager
      ? runToQuiescence(state, gather)
      : none;
  const events = [...before, ...ran.events];
  countInto(state.counts, events);
  noteOperations(state, events);
  return {
    rounds: input.kind === "advance" || eager ? ran.rounds : undefined,
    reads: retries.length === 0 ? ran.reads : [...retries, ...ran.reads],
    events,
    facts: sentFacts(state.image, events),
  };
};
