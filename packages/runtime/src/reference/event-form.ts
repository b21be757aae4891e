import type { Edge, Fault, MachineEvent } from "@parley/wire";
import { OUTPUT_PREDICATE } from "../machine/config.ts";
import { EDGE_FULL } from "../machine/instructions/transmit.ts";
import type { Json, JsonObject } from "./json.ts";

export const edgeForm = (edge: Edge): JsonObject => ({ sid: edge.sid, sender: edge.from, receiver: edge.to });

/** A fault as the reference writes it; `blame` is ours alone. */
export const faultForm = (fault: Fault): Json => {
  const { blame: _, ...fields } = fault.fields;
  return Object.keys(fields).length === 0 ? fault.variant : { [fault.variant]: fields as JsonObject };
};

const digest = "machine.output_digest.unspecified";

const checked = (tick: number, passed: boolean): JsonObject => ({
  OutputConditionChecked: {
    tick,
    passed,
    predicate_ref: OUTPUT_PREDICATE,
    witness_ref: null,
    output_digest: digest,
  },
});

/** What the reference records of a check, besides its event. */
export const checkForm = (passed: boolean): JsonObject => ({
  meta: { output_digest: digest, predicate_ref: OUTPUT_PREDICATE, witness_ref: null },
  passed,
});

/**
 * Events the machine has and the reference has not. A frame the host dropped
 * is one; one that the drop policy lost must show (deviation
 * `drop-policy-breaks-the-session`).
 */
const ownKinds: ReadonlySet<MachineEvent["kind"]> = new Set([
  "blocked",
  "forked",
  "joined",
  "completed",
  "cancelled",
  "paused",
  "resumed",
  "performed",
  "decided",
  "entered",
  "left",
  "expired",
]);

const one = (event: MachineEvent, sessionOf: (coroutine: number) => number): readonly JsonObject[] => {
  const { tick } = event;
  switch (event.kind) {
    case "opened":
      return [{ Opened: { tick, session: event.sid, roles: [...event.roles] } }];
    case "sent":
    case "received": {
      const { edge, label } = event;
      const fields = {
        tick,
        edge: edgeForm(edge),
        session: edge.sid,
        from: edge.from,
        to: edge.to,
        label,
      };
      return [event.kind === "sent" ? { Sent: fields } : { Received: fields }];
    }
    case "offered":
      return [{ Offered: { tick, edge: edgeForm(event.edge), label: event.label } }];
    case "chose":
      return [{ Chose: { tick, edge: edgeForm(event.edge), label: event.label } }];
    case "invoked":
      return [{ Invoked: { tick, coro_id: event.coroutine, role: event.role } }];
    case "halted":
      return [{ Halted: { tick, coro_id: event.coroutine } }];
    case "faulted": {
      const fault = faultForm(event.fault);
      const session = sessionOf(event.coroutine);
      return [
        { FailureBranchEntered: { tick, session, coro_id: event.coroutine, fault } },
        { Faulted: { tick, coro_id: event.coroutine, fault } },
      ];
    }
    case "closed":
      return [{ Closed: { tick, session: event.sid } }];
    case "discarded":
      return [
        { Discarded: { tick, edge: edgeForm(event.edge), session: event.edge.sid, label: event.label } },
      ];
    case "observed":
      return [{ [event.name]: { tick, ...(event.fields as JsonObject) } }];
    default:
      return [];
  }
};

/** Events of host controls and topology: no output gate stands before them, a crash enters no failure branch. */
export const outsideEvents = (events: readonly MachineEvent[]): readonly JsonObject[] =>
  events.flatMap((event) => one(event, () => 0)).filter((event) => !("FailureBranchEntered" in event));

/**
 * One round's events in the reference's form. The output gate speaks before a
 * pack that has events; a halt and a fault come from the round itself.
 */
export const roundEvents = (
  events: readonly MachineEvent[],
  sessionOf: (coroutine: number) => number,
): readonly JsonObject[] => {
  const trace: JsonObject[] = [];
  let open = false;
  for (const event of events) {
    if (ownKinds.has(event.kind) || (event.kind === "discarded" && event.why !== EDGE_FULL)) continue;
    const gate = event.kind !== "halted" && event.kind !== "faulted";
    if (gate && !open) {
      trace.push(checked(event.tick, true));
      open = true;
    }
    if (event.kind === "faulted" && event.fault.variant === "OutputCondition")
      trace.push(checked(event.tick, false));
    trace.push(...one(event, sessionOf));
  }
  return trace;
};

const global: ReadonlySet<string> = new Set([
  "Halted",
  "Invoked",
  "TimeoutIssued",
  "FailureBranchEntered",
  "Faulted",
  "OutputConditionChecked",
]);

/** The trace with session events numbered per session (spec/machine.md §19). */
export const normalizeTrace = (trace: readonly JsonObject[]): readonly JsonObject[] => {
  const next = new Map<number, number>();
  return trace.map((event) => {
    const [name, fields] = Object.entries(event)[0] as [string, JsonObject];
    if (global.has(name)) return event;
    const edge = fields.edge as JsonObject | undefined;
    const session = Number(fields.session ?? fields.sid ?? edge?.sid ?? 0);
    const tick = next.get(session) ?? 0;
    next.set(session, tick + 1);
    return { [name]: { ...fields, tick } };
  });
};
