import type { MachineEvent } from "@parley/wire";
import type { LinkedBranch } from "./link.ts";
import type { Round } from "./round.ts";
import type { EdgeState, Endpoint, Frame } from "./state.ts";

type Message = Extract<MachineEvent, { kind: "sent" | "received" }>;
type Decision = Extract<MachineEvent, { kind: "offered" | "chose" }>;

/**
 * The events of one frame passing: `sent` or `received`, and after it the
 * decision where there was one. The plain case is a plain literal: this is
 * what a round mostly does.
 */
export const messageEvents = (
  round: Round,
  kind: Message["kind"],
  edge: EdgeState,
  branch: LinkedBranch,
  frame: Frame,
  endpoint: Endpoint,
  decision: Decision["kind"] | undefined,
): void => {
  const { machine, events } = round;
  const { tick } = machine;
  const { label, seq, payload } = frame;
  const plain = branch.control === undefined && endpoint.path === "";
  const base = { kind, tick, edge: edge.name, seq, label, payload, edgeId: branch.edgeId };
  events.push(
    plain
      ? base
      : {
          ...base,
          ...(branch.control === undefined ? {} : { control: branch.control }),
          ...(endpoint.path === "" ? {} : { endpoint: endpoint.path }),
        },
  );
  if (decision === undefined) return;
  events.push({
    kind: decision,
    tick,
    edge: edge.name,
    label,
    ...(branch.arm === undefined ? {} : { arm: branch.arm }),
    ...(endpoint.path === "" ? {} : { endpoint: endpoint.path }),
  });
};
