import type { MachineEvent, Value } from "@parley/wire";
import { defaultValue } from "../machine/code/default-value.ts";
import { commit } from "../machine/commit.ts";
import { outputPredicates } from "../machine/output-predicates.ts";
import { type Plan, plan } from "../machine/plan.ts";
import type { Answers, DecisionRequest, EffectRequest, PayloadRequest } from "../machine/request.ts";
import type { Machine } from "../machine/state.ts";
import { wakeDenied } from "../machine/wake.ts";
import { type AuraEffectEvent, auraEffectOf } from "./aura-events.ts";

/** What a handler starts with. */
export interface AuraHandlerOptions {
  /** Payloads to send, in order; each is handed out as the text of its bytes in lower-case hex. */
  readonly payloads?: readonly Uint8Array[];
  /** Labels to take, in order. */
  readonly labels?: readonly string[];
  /** Layers that are never granted. */
  readonly denied?: readonly string[];
  /** How many roles may be in one layer at a time. */
  readonly guardCapacity?: number;
  /** The scope that a session's capabilities are mapped to. */
  readonly scope?: string;
  /** Takes each effect event; `false` makes the exchange fail. */
  readonly sink?: (event: AuraEffectEvent) => boolean;
}

/** What the output of a role is judged by next. */
export interface OutputHint {
  readonly predicate: string;
  readonly witness: string;
}

const hex = (bytes: Uint8Array): string =>
  Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");

const violation = (message: string): Answers => ({ failure: { kind: "contract_violation", message } });

/**
 * The deterministic effect handler (spec/aura-runtime.md §9.2): answers a
 * machine's requests from queues, keeps leases of guard layers, and records a
 * structured event for every exchange that went through or was denied. The
 * same queues give the same run.
 */
export class AuraHandler {
  readonly events: AuraEffectEvent[] = [];
  /** Layers that were asked for and not granted. */
  acquireDenied = 0;
  /** Releases of what was not held. */
  releaseFaults = 0;
  /** Events the sink would not take. */
  sinkFaults = 0;
  private readonly payloads: Uint8Array[];
  private readonly labels: string[];
  private readonly leases = new Map<string, string>();
  private readonly hints = new Map<string, OutputHint>();
  private readonly options: AuraHandlerOptions;
  private handedOut = 0;

  constructor(options: AuraHandlerOptions = {}) {
    this.options = options;
    this.payloads = [...(options.payloads ?? [])];
    this.labels = [...(options.labels ?? [])];
  }

  /** Contended guards as a scheduler's signal: the bridge's own count and whatever went wrong here. */
  contention(bridge = 0): number {
    return bridge + this.acquireDenied + this.releaseFaults + this.sinkFaults;
  }

  /** What the last exchange of a role says its output is. */
  hint(role: string): OutputHint {
    return this.hints.get(role) ?? { predicate: outputPredicates.observable, witness: `role:${role}` };
  }

  /** The answers to what a plan asks for. A refusal that is somebody's fault comes as a failure. */
  answer(planned: Plan): Answers {
    let answers: Answers = { guard: { allow: true } };
    for (const request of planned.requests) {
      if (request.kind === "decision") answers = { ...answers, ...this.choose(request) };
      else if (request.kind === "payload") answers = { ...answers, payload: this.send(request) };
      else if (request.kind === "effect") answers = { ...answers, ...this.layer(request) };
      if (answers.failure !== undefined) return answers;
    }
    return answers;
  }

  /** Takes note of what a round did; answers whether somebody who was denied should ask again. */
  committed(events: readonly MachineEvent[]): boolean {
    let freed = false;
    for (const event of events) {
      const effect = auraEffectOf(event, this.options.scope);
      if (effect === undefined) continue;
      this.events.push(effect);
      this.hints.set(effect.role, { predicate: effect.predicate, witness: effect.witness });
      if (this.options.sink?.(effect) === false) this.sinkFaults += 1;
      freed ||= effect.kind === "release";
    }
    return freed;
  }

  /** A queued label must be on offer; with none queued the first is taken, and the event says so. */
  private choose({ role, options }: DecisionRequest): Answers {
    const label = this.labels.shift() ?? options[0]?.label;
    if (label === undefined) return violation(`${role} has nothing to choose from`);
    const offered = options.find((option) => option.label === label || option.arm === label);
    if (offered === undefined) return violation(`${label} is not offered to ${role}`);
    return { label: offered.label };
  }

  private send({ type }: PayloadRequest): Value {
    const bytes = this.payloads.shift();
    return bytes === undefined ? defaultValue(type) : { kind: "str", value: hex(bytes) };
  }

  private layer({ name, role, layer }: EffectRequest): Answers {
    const lease = JSON.stringify([layer, role]);
    if (name === "release") {
      if (this.leases.delete(lease)) return {};
      this.releaseFaults += 1;
      return violation(`${role} does not hold ${layer}`);
    }
    const holders = [...this.leases.values()].filter((held) => held === layer).length;
    const full = holders >= (this.options.guardCapacity ?? Number.POSITIVE_INFINITY);
    if (full || (this.options.denied ?? []).includes(layer)) {
      this.acquireDenied += 1;
      return {};
    }
    this.leases.set(lease, layer);
    this.handedOut += 1;
    // Evidence is given back once, so no two leases have the same.
    return { evidence: { kind: "str", value: `${layer}#${this.handedOut}` } };
  }
}

/** Runs a machine with a handler until nobody can run or `maxRounds` have; answers what happened. */
export const runWithHandler = (
  machine: Machine,
  handler: AuraHandler,
  maxRounds: number,
): readonly MachineEvent[] => {
  const events: MachineEvent[] = [];
  for (let round = 0; round < maxRounds; round += 1) {
    const planned = plan(machine);
    if (planned.kind !== "run") break;
    const outcome = commit(machine, planned, handler.answer(planned));
    events.push(...outcome.events);
    if (handler.committed(outcome.events)) wakeDenied(machine);
  }
  return events;
};
