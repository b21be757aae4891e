import type { Value } from "@parley/wire";
import type { Instruction } from "../code/instruction.ts";
import { faults } from "../faults.ts";
import type { LinkedBranch } from "../link.ts";
import { mayWake } from "../may-wake.ts";
import { messageEvents } from "../message-event.ts";
import type { OutputKind } from "../output-predicates.ts";
import { payloadFault } from "../payload.ts";
import {
  continued,
  endpointIn,
  faulted,
  isFault,
  outputFault,
  type Round,
  roleName,
  type Step,
  sessionOf,
  touch,
} from "../round.ts";
import { calledOut, dropStale, lastLap, tagsOf } from "../scopes.ts";
import type { EdgeState, Endpoint, Frame, Machine } from "../state.ts";
import { corrupted, isCut, pairKey } from "../topology.ts";
import { wakeNow } from "../wake.ts";

type Send = Extract<Instruction, { kind: "send" }>;
/** Why a frame was discarded by the drop policy. */
export const EDGE_FULL = "the edge is full";

type Offer = Extract<Instruction, { kind: "offer" }>;

const sent: readonly OutputKind[] = ["send"];
const offered: readonly OutputKind[] = ["choice", "send"];

/** `send`: the type has one way on; the payload is an answer or the register (spec/machine.md §10.1). */
export const send = (round: Round, instruction: Send): Step => {
  const endpoint = endpointIn(round, instruction.chan);
  if (isFault(endpoint)) return faulted(endpoint);
  const program = round.machine.linked.programs[endpoint.role];
  const state = program?.linked[endpoint.type];
  if (state === undefined) return faulted(faults.channel(round.machine, endpoint));
  const branch = state.branches[0];
  if (state.kind !== "send" || branch === undefined)
    return faulted(faults.type(`expected a send, the type is at ${state.kind}`));
  const register = round.coroutine.regs[instruction.val];
  if (register === undefined) return faulted(faults.registers());
  return transmit(round, endpoint, branch, round.coroutine.pc + 1, register, false);
};

/** `offer`: a decision; the label is always an answer (model §3). */
export const offer = (round: Round, instruction: Offer): Step => {
  const { machine, coroutine, answers } = round;
  const endpoint = endpointIn(round, instruction.chan);
  if (isFault(endpoint)) return faulted(endpoint);
  const state = machine.linked.programs[endpoint.role]?.linked[endpoint.type];
  if (state === undefined) return faulted(faults.channel(machine, endpoint));
  if (state.kind !== "send") return faulted(faults.type(`offer expects a send, got ${state.kind}`));
  const label = answers.label;
  if (label === undefined) {
    if (answers.failure !== undefined)
      return faulted(faults.invoke(answers.failure.kind, answers.failure.message));
    return {
      kind: "blocked",
      reason: {
        kind: "decision",
        role: roleName(machine, coroutine.role),
        step: endpoint.step,
        labels: state.branches.map((branch) => branch.label),
      },
    };
  }
  const branch = state.branches.find((candidate) => candidate.label === label);
  const target = instruction.labels.find((candidate) => candidate.label === label);
  if (branch === undefined || target === undefined) return faulted(faults.label(label));
  return transmit(round, endpoint, branch, target.pc, undefined, true);
};

/** The value to send, or why there is none yet. */
const payloadToSend = (
  round: Round,
  endpoint: Endpoint,
  branch: LinkedBranch,
  register: Value | undefined,
): Value | Step => {
  const given = round.answers.payload;
  if (given !== undefined) return given;
  if (!branch.needsPayload)
    return branch.type.kind === "none" && register !== undefined ? register : { kind: "unit" };
  return {
    kind: "blocked",
    reason: {
      kind: "payload",
      role: roleName(round.machine, endpoint.role),
      step: endpoint.step,
      label: branch.label,
      type: branch.payload,
    },
  };
};

const isStep = (value: Value | Step): value is Step =>
  value.kind === "blocked" || value.kind === "faulted" || value.kind === "continue";

/** Why the frame cannot enter the edge now, apart from the payload. */
const refusal = (round: Round, edge: EdgeState, { label, exit }: LinkedBranch): Step | undefined => {
  // How a scope was left always passes: its receiver may wait elsewhere and never make room.
  if (exit !== undefined) return undefined;
  const { machine, coroutine } = round;
  const { mode, full } = machine.config.buffers;
  if (mode === "latestValue") {
    const held = edge.frames.peek();
    return held === undefined || held.label === label
      ? undefined
      : faulted(faults.type(`a latest-value edge holds ${held.label} and cannot take ${label}`));
  }
  if (edge.frames.length < edge.capacity) return undefined;
  switch (full.kind) {
    case "block":
      return { kind: "blocked", reason: { kind: "full", edge: edge.name }, edge };
    case "error":
      return faulted(faults.buffer(machine, { sid: edge.sid, role: coroutine.role }));
    case "resize":
      return edge.capacity < full.max
        ? undefined
        : faulted(faults.buffer(machine, { sid: edge.sid, role: coroutine.role }));
    case "drop":
      return undefined;
  }
};

/** The denial of the guard chain; a request nobody answered is one (fail closed, design §7). */
const denial = (round: Round, branch: LinkedBranch): Step | undefined => {
  if (branch.guardRequest === undefined) return undefined;
  const verdict = round.answers.guard;
  if (verdict?.allow === true) return undefined;
  const denied = verdict?.verdicts?.find((candidate) => !candidate.allow);
  return {
    kind: "blocked",
    reason: {
      kind: "denied",
      role: branch.guardRequest.role,
      guard: denied?.guard ?? "capability",
      reason: verdict?.reason ?? denied?.reason ?? "no verdict",
    },
  };
};

const transmit = (
  round: Round,
  endpoint: Endpoint,
  branch: LinkedBranch,
  target: number,
  register: Value | undefined,
  decided: boolean,
): Step => {
  const { machine, answers } = round;
  if (answers.failure !== undefined)
    return faulted(faults.invoke(answers.failure.kind, answers.failure.message));
  if (answers.blocked) return faulted(faults.invoke("contract_violation", "a send cannot be left open"));
  const edge = sessionOf(machine, endpoint.sid).edges[branch.edge];
  const from = roleName(machine, endpoint.role);
  if (edge !== undefined && isCut(machine, from, branch.peer, machine.tick))
    return { kind: "blocked", reason: { kind: "topology", edge: edge.name }, edge };
  const payload = payloadToSend(round, endpoint, branch, register);
  if (isStep(payload)) return payload;
  const bad = badPayload(round, branch, payload, decided);
  if (bad !== undefined) return bad;
  if (edge === undefined)
    return faulted(faults.invoke("invalid_input", `no buffer for edge ${from} → ${branch.peer}`));
  // Room made counts as this round; the next one sends.
  if (machine.linked.scoped && edge.frames.length >= edge.capacity && dropStale(machine, edge, round.events))
    return continued;
  const refused = refusal(round, edge, branch) ?? denial(round, branch);
  if (refused !== undefined) return refused;
  const gate = outputFault(machine, decided ? offered : sent);
  if (gate !== undefined) return faulted(gate);
  const frame = enqueue(round, edge, branch, payload, endpoint);
  announce(round, edge, branch, frame, endpoint, decided);
  endpoint.type = branch.next;
  endpoint.step += 1;
  round.coroutine.pc = target;
  touch(machine, round.coroutine);
  return continued;
};

const badPayload = (
  round: Round,
  branch: LinkedBranch,
  payload: Value,
  decided: boolean,
): Step | undefined => {
  const { machine, answers } = round;
  if (answers.disposition === "drop" || answers.disposition === "defer") return undefined;
  // A choice without a declared payload carries its label and nothing else.
  if (decided && branch.type.kind === "none" && payload.kind !== "unit") {
    const echo = payload.kind === "str" && payload.value === branch.label;
    return echo ? undefined : faulted(faults.type(`${branch.label} declares no payload`));
  }
  const where = `${decided ? "offer" : "send"} ${branch.label}:`;
  const fault = payloadFault(machine.config, where, branch.type, payload, !decided);
  return fault === undefined ? undefined : faulted(fault);
};

const enqueue = (
  round: Round,
  edge: EdgeState,
  branch: LinkedBranch,
  payload: Value,
  endpoint: Endpoint,
): Frame & { readonly lost?: string } => {
  const { machine, answers } = round;
  const { mode, full } = machine.config.buffers;
  const corruption =
    machine.corruptions.size === 0
      ? undefined
      : machine.corruptions.get(pairKey(roleName(machine, endpoint.role), branch.peer));
  const plain: Frame = {
    seq: edge.sent,
    label: branch.label,
    payload: corruption === undefined ? payload : corrupted(payload, corruption),
    ...(branch.control === undefined ? {} : { scope: branch.control }),
  };
  const frame: Frame = machine.linked.scoped ? { ...plain, ...scopeMarks(round, branch) } : plain;
  edge.sent += 1;
  machine.parts.edges.touch(edge);
  if (answers.disposition === "drop" || answers.disposition === "defer")
    return {
      ...frame,
      lost: answers.disposition === "drop" ? "dropped by the host" : "deferred by the host",
    };
  if (mode === "latestValue") edge.frames.clear();
  else if (frame.exit === undefined && edge.frames.length >= edge.capacity) {
    if (full.kind === "drop") return { ...frame, lost: EDGE_FULL };
    edge.capacity *= 2;
  }
  edge.frames.push(frame);
  wakeReaders(machine, edge);
  if (frame.exit !== undefined)
    for (const coroutine of calledOut(machine, edge, frame)) wakeNow(machine, coroutine);
  return frame;
};

/** The scopes the frame is sent in, and the one its sender tells it has left. */
const scopeMarks = (round: Round, branch: LinkedBranch): Pick<Frame, "within" | "exit"> => {
  const { machine, coroutine } = round;
  const within = tagsOf(coroutine);
  const { exit } = branch;
  const session = sessionOf(machine, coroutine.sid);
  return {
    ...(within.length === 0 ? {} : { within }),
    ...(exit === undefined
      ? {}
      : {
          exit: {
            id: exit.scope,
            lap: lastLap(session, coroutine, exit.scope),
            outcome: exit.outcome,
          },
        }),
  };
};

const wakeReaders = (machine: Machine, edge: EdgeState): void => {
  for (const reader of edge.readers) mayWake(machine, reader);
};

const announce = (
  round: Round,
  edge: EdgeState,
  branch: LinkedBranch,
  frame: Frame & { readonly lost?: string },
  endpoint: Endpoint,
  decided: boolean,
): void => {
  messageEvents(round, "sent", edge, branch, frame, endpoint, decided ? "offered" : undefined);
  if (frame.lost === undefined) return;
  const { tick } = round.machine;
  const { seq, label, lost } = frame;
  round.events.push({ kind: "discarded", tick, edge: edge.name, seq, label, why: lost });
};
