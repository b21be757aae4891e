import type { MachineEvent } from "@parley/wire";
import type { CodeImage } from "../machine/code/image.ts";
import { commit, type RoundOutcome } from "../machine/commit.ts";
import { createMachine, openSession } from "../machine/open.ts";
import { plan } from "../machine/plan.ts";
import type { Machine } from "../machine/state.ts";
import { applyTopology } from "../machine/topology.ts";
import type { ReferenceConfig } from "./config-form.ts";
import type { Exchange } from "./effect-form.ts";
import { checkForm, faultForm, outsideEvents, roundEvents } from "./event-form.ts";
import { hostAction, openErrorForm } from "./host-action.ts";
import { asObject, type Json, type JsonObject, listAt, numberAt } from "./json.ts";
import { answer, type Script } from "./script.ts";
import { decodeTopology, outOfOrder } from "./topology-form.ts";

/** A run of a case as it is written down. */
export interface RunLog {
  readonly machine: Machine;
  readonly trace: JsonObject[];
  readonly steps: Json[];
  readonly host: Json[];
  readonly exchanges: Exchange[];
  readonly checks: JsonObject[];
  readonly events: MachineEvent[];
  status: Json;
  /** Ticks the reference counts for rounds it abandons before anyone runs. */
  lost: number;
}

export type Started =
  | { readonly ok: true; readonly log: RunLog }
  | { readonly ok: false; readonly error: JsonObject; readonly opened: number };

/** Opens the sessions of a case. */
export const start = (image: CodeImage, config: ReferenceConfig, sessions: number): Started => {
  const machine = createMachine(image, config.machine);
  const trace: JsonObject[] = [];
  for (let i = 0; i < sessions; i += 1) {
    const opened = openSession(machine);
    if (!opened.ok) return { ok: false, error: openErrorForm(opened.error), opened: i };
    trace.push(...outsideEvents(opened.events));
  }
  const log: RunLog = {
    machine,
    trace,
    steps: [],
    host: [],
    exchanges: [],
    checks: [],
    events: [],
    status: "Budget",
    lost: 0,
  };
  return { ok: true, log };
};

const words: { readonly [status in RoundOutcome["status"]]: string | undefined } = {
  continue: "Continue",
  blocked: "Blocked",
  yielded: "Yielded",
  halted: "Halted",
  faulted: "Faulted",
  stuck: undefined,
  allDone: undefined,
};

type Verdict = { readonly kind: "continue" | "end" } | { readonly kind: "error"; readonly error: JsonObject };

/** The topology of the coming round, unless the host broke its contract. */
const topologyOf = (log: RunLog, script: Script): readonly Json[] | Verdict => {
  const { machine } = log;
  if (machine.live === 0) return [];
  const tick = machine.tick + 1;
  const events = listAt(script.topology, String(tick));
  if (outOfOrder(events) >= 0) {
    log.steps.push(null);
    log.lost += 1;
    return { kind: "error", error: { kind: "HandlerError", message: `unsorted topology at tick ${tick}` } };
  }
  for (const event of events) {
    const shown = applyTopology(machine, decodeTopology(event));
    log.events.push(...shown);
    log.trace.push(...outsideEvents(shown));
  }
  return events;
};

const isVerdict = (value: readonly Json[] | Verdict): value is Verdict => "kind" in value;

const round = (log: RunLog, script: Script): Verdict => {
  const { machine } = log;
  const topology = topologyOf(log, script);
  if (isVerdict(topology)) return topology;
  const next = plan(machine);
  const { answers, called } = answer(script, machine, next);
  const outcome = commit(machine, next, answers);
  record(log, outcome, called, topology);
  if (outcome.status === "faulted") {
    const fault = outcome.events.find((event) => event.kind === "faulted");
    if (fault?.kind === "faulted")
      return {
        kind: "error",
        error: {
          kind: "Fault",
          coro: fault.coroutine,
          code: fault.fault.code,
          fault: faultForm(fault.fault),
          message: fault.fault.message,
        },
      };
  }
  if (outcome.done) log.status = "AllDone";
  else if (outcome.status === "stuck") log.status = "Stuck";
  else return { kind: "continue" };
  return { kind: "end" };
};

const record = (log: RunLog, outcome: RoundOutcome, called: boolean, topology: readonly Json[]): void => {
  const { machine } = log;
  const word = words[outcome.status];
  log.steps.push(word === undefined || outcome.coroutine === undefined ? null : [outcome.coroutine, word]);
  log.events.push(...outcome.events);
  if (outcome.status !== "allDone")
    log.exchanges.push({ tick: machine.tick, topology, called, events: outcome.events });
  const shown = roundEvents(outcome.events, (id) => machine.coroutines.get(id)?.sid ?? 0);
  for (const event of shown) {
    const check = event.OutputConditionChecked as JsonObject | undefined;
    if (check !== undefined) log.checks.push(checkForm(check.passed === true));
  }
  log.trace.push(...shown);
};

/** Runs a case to its end, as the oracle's own loop does (conformance/README.md, Machine cases). */
export const runScript = (log: RunLog, script: Script, input: JsonObject, max: number): void => {
  const actions = listAt(input, "host").map(asObject);
  for (let k = 0; k < max; k += 1) {
    for (const action of actions.filter((one) => one.before_step === k))
      log.host.push(hostAction(log.machine, action, log.trace));
    if (numberAt(input, "concurrency", 1) === 0) {
      log.steps.push(null);
      log.status = { error: { kind: "InvalidConcurrency", message: "a round runs at least one coroutine" } };
      if (input.continue_after_fault !== true) return;
      continue;
    }
    const verdict = round(log, script);
    if (verdict.kind === "error") {
      log.status = { error: verdict.error };
      if (input.continue_after_fault !== true) return;
    } else if (verdict.kind === "end") {
      if (actions.every((action) => numberAt(action, "before_step", 0) <= k)) return;
      log.status = "Budget";
    }
  }
};
