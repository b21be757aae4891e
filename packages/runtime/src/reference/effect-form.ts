import type { MachineEvent } from "@parley/wire";
import type { Json, JsonObject } from "./json.ts";

/** What one round exchanged with the host, in the reference's counting (spec/machine.md §12.5). */
export interface Exchange {
  readonly tick: number;
  /** Topology events applied before it, in the reference's form. */
  readonly topology: readonly Json[];
  /** Whether the host was called for the instruction itself. */
  readonly called: boolean;
  readonly events: readonly MachineEvent[];
}

/** Whether the round had something to show: then the host was asked for a hint as well. */
const hinted = (exchange: Exchange): boolean =>
  exchange.events.some((event) => ["sent", "received", "invoked", "observed", "closed"].includes(event.kind));

/** How often the host was called over the whole run: topology, instruction, hint. */
export const exchangeCount = (exchanges: readonly Exchange[]): number =>
  exchanges.reduce((sum, one) => sum + 1 + (one.called ? 1 : 0) + (hinted(one) ? 1 : 0), 0);

interface Derived {
  readonly kind: string;
  readonly face: string;
  readonly operation: string;
  readonly inputs: Json;
  readonly outputs: Json;
}

const message = (event: Extract<MachineEvent, { kind: "sent" | "received" }>): JsonObject => ({
  session: event.edge.sid,
  from: event.edge.from,
  to: event.edge.to,
  label: event.label,
});

const derived = (event: MachineEvent): Derived | undefined => {
  switch (event.kind) {
    case "sent":
      return {
        kind: "send_decision",
        face: "Transport",
        operation: "sendDecision",
        inputs: message(event),
        outputs: { committed: true },
      };
    case "received":
      return {
        kind: "handle_recv",
        face: "Transport",
        operation: "handleRecv",
        inputs: message(event),
        outputs: { committed: true },
      };
    case "invoked":
      return {
        kind: "invoke_step",
        face: "Runtime",
        operation: "invoke",
        inputs: { coro_id: event.coroutine, role: event.role },
        outputs: { ok: true },
      };
    case "observed": {
      if (event.name !== "Acquired" && event.name !== "Released") return undefined;
      const operation = event.name === "Acquired" ? "acquire" : "release";
      return {
        kind: `handle_${operation}`,
        face: "Guard",
        operation,
        inputs: event.fields as JsonObject,
        outputs: event.name === "Acquired" ? { granted: true } : { ok: true },
      };
    }
    default:
      return undefined;
  }
};

const entry = (id: number, order: number, of: Derived, topology: Json): JsonObject => ({
  effect_id: id,
  effect_kind: of.kind,
  effect_interface: of.face,
  effect_operation: of.operation,
  handler_identity: "scripted",
  inputs: of.inputs,
  outputs: of.outputs,
  ordering_key: order,
  topology,
});

/** The effect trace: what committed rounds showed, under the ids the reference would have counted to. */
export const effectForms = (
  exchanges: readonly Exchange[],
  mode: "full" | "topology_only" | "disabled",
): readonly JsonObject[] => {
  const trace: JsonObject[] = [];
  let next = 0;
  for (const exchange of exchanges) {
    next += 1;
    for (const topology of exchange.topology) {
      const of: Derived = {
        kind: "topology_event",
        face: "Runtime",
        operation: "topologyEvents",
        inputs: { tick: exchange.tick },
        outputs: { status: "success", applied: true, topology },
      };
      if (mode !== "disabled") trace.push(entry(next, next, of, topology));
      next += 1;
    }
    next += (exchange.called ? 1 : 0) + (hinted(exchange) ? 1 : 0);
    for (const event of exchange.events) {
      const of = derived(event);
      if (of === undefined) continue;
      if (mode === "full") trace.push(entry(next, exchange.tick, of, null));
      next += 1;
    }
  }
  return trace;
};
