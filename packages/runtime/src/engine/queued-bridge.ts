import type { MachineEvent, Value } from "@parley/wire";
import { normaliseSignals, noSignals, type SchedulerSignals } from "../admission/scheduler-choice.ts";
import { type AuraEffectEvent, auraEffectOf } from "../effects/aura-events.ts";
import type { CodeImage } from "../machine/code/image.ts";
import type { Plan } from "../machine/plan.ts";
import type { Answers, DecisionRequest, PayloadRequest } from "../machine/request.ts";

/** A message that left the role and waits to be carried to its peer. */
export interface PendingSend {
  readonly from_role: string;
  readonly to_role: string;
  readonly label: string;
  /** Lower-case hex of the bytes that were queued; empty for a message without a payload. */
  readonly payload: string;
}

/** A message that came for the role. */
export interface InboundMessage {
  readonly from: string;
  readonly label: string;
  readonly payload: Uint8Array;
}

export interface QueuedBridgeOptions {
  /**
   * What a decision nobody queued a label for does: `refuse` breaks the
   * contract, `first` takes the first label, as the reference does.
   */
  readonly unqueued?: "refuse" | "first";
}

export const hexOf = (bytes: Uint8Array): string =>
  Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");

const violation = (message: string): Answers => ({ failure: { kind: "contract_violation", message } });

/**
 * The bridge between an engine and its host (spec/aura-runtime.md §9.1, §9.3):
 * queues of payloads, labels and messages, first in, first out. A send takes a
 * payload that was queued before; with none the contract is broken. A decision
 * takes a queued label, which must be on offer.
 */
export class QueuedBridgeHandler {
  readonly identity = "aura-vm-host-bridge";
  readonly events: AuraEffectEvent[] = [];
  private readonly outbound: Uint8Array[] = [];
  private readonly labels: string[] = [];
  private readonly inbound: InboundMessage[] = [];
  private readonly pending: PendingSend[] = [];
  private readonly unqueued: "refuse" | "first";
  private signals: SchedulerSignals = noSignals;

  constructor({ unqueued = "refuse" }: QueuedBridgeOptions = {}) {
    this.unqueued = unqueued;
  }

  queueSendBytes(payload: Uint8Array): void {
    this.outbound.push(payload);
  }

  queueChoiceLabel(label: string): void {
    this.labels.push(label);
  }

  queueInbound(message: InboundMessage): void {
    this.inbound.push(message);
  }

  /** Messages that wait to be carried, in the order they were sent; taking them empties the queue. */
  takePendingSends(): readonly PendingSend[] {
    return this.pending.splice(0);
  }

  /** The next message from that role, if one has come. */
  takeInbound(from: string): InboundMessage | undefined {
    const at = this.inbound.findIndex((message) => message.from === from);
    return at < 0 ? undefined : this.inbound.splice(at, 1)[0];
  }

  setSchedulerSignals(signals: SchedulerSignals): void {
    this.signals = normaliseSignals(signals);
  }

  schedulerSignals(): SchedulerSignals {
    return this.signals;
  }

  /** What a plan is answered: the send leaves by the bridge, so nothing stays on the machine's own edge. */
  answer(planned: Plan, image: CodeImage): Answers {
    let answers: Answers = { guard: { allow: true }, disposition: "drop" };
    for (const request of planned.requests) {
      if (request.kind === "decision") answers = { ...answers, ...this.choose(request) };
      else if (request.kind === "payload") answers = { ...answers, ...this.send(request, image) };
      else if (request.kind === "effect")
        answers = { ...answers, evidence: { kind: "str", value: request.layer } };
      if (answers.failure !== undefined) return { failure: answers.failure };
    }
    return answers;
  }

  /** Takes note of what a round did: what was sent waits to be carried. */
  committed(events: readonly MachineEvent[]): void {
    for (const event of events) {
      const effect = auraEffectOf(event);
      if (effect !== undefined) this.events.push(effect);
      if (event.kind !== "sent") continue;
      this.pending.push({
        from_role: event.edge.from,
        to_role: event.edge.to,
        label: event.label,
        payload: textOf(event.payload),
      });
    }
  }

  private choose({ role, options }: DecisionRequest): Answers {
    const offered = options.map(({ label }) => label);
    const queued = this.labels.shift();
    if (queued === undefined && this.unqueued === "refuse")
      return violation(`no branch choice is queued for ${role}, which may take ${offered.join(", ")}`);
    const label = queued ?? offered[0];
    if (label === undefined) return violation(`${role} has nothing to choose from`);
    const found = options.find((option) => option.label === label || option.arm === label);
    if (found === undefined)
      return violation(`${label} is not offered to ${role}, which may take ${offered.join(", ")}`);
    if (found.payload.kind === "none" || found.payload.kind === "unit") return { label: found.label };
    return { label: found.label, ...this.payload(role, found.peer, found.label) };
  }

  private send({ role, label, edgeId }: PayloadRequest, image: CodeImage): Answers {
    return this.payload(role, peerOf(image, role, edgeId), label);
  }

  private payload(role: string, to: string, label: string): Answers {
    const bytes = this.outbound.shift();
    return bytes === undefined
      ? violation(`no payload is queued for the send ${role}->${to}:${label}`)
      : { payload: { kind: "str", value: hexOf(bytes) } };
  }
}

/** Whom the role sends to at this statement. */
const peerOf = (image: CodeImage, role: string, edgeId: string): string => {
  for (const state of image.programs[image.roles.indexOf(role)]?.states ?? []) {
    const branch = state.kind === "send" ? state.branches.find((one) => one.edgeId === edgeId) : undefined;
    if (branch !== undefined) return branch.peer;
  }
  return edgeId;
};

const textOf = (value: Value): string => (value.kind === "str" ? value.value : "");
