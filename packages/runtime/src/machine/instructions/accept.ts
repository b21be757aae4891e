import type { Fault, Value } from "@parley/wire";
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
  type Step,
  sessionOf,
  touch,
} from "../round.ts";
import { dropStale, isOfNow } from "../scopes.ts";
import type { EdgeState, Endpoint, Frame } from "../state.ts";

type Receive = Extract<Instruction, { kind: "receive" }>;
type Choose = Extract<Instruction, { kind: "choose" }>;

const received: readonly OutputKind[] = ["recv"];

/** Compiled code keeps what it received in r1. */
const RECEIVED = 1;

/** `receive`: one message of the one kind the type expects (spec/machine.md §10.1). */
export const receive = (round: Round, instruction: Receive): Step =>
  accept(round, instruction.chan, instruction.dst, undefined);

/** `choose`: the frame's label says how to go on. */
export const choose = (round: Round, instruction: Choose): Step => {
  const labels = instruction.table;
  for (let i = 1; i < labels.length; i += 1) {
    const label = labels[i]?.label;
    if (labels.findIndex((entry) => entry.label === label) < i)
      return faulted(faults.speculation("duplicate choose labels"));
  }
  return accept(round, instruction.chan, undefined, instruction);
};

const accept = (round: Round, chan: number, dst: number | undefined, table: Choose | undefined): Step => {
  const { machine, coroutine } = round;
  const endpoint = endpointIn(round, chan);
  if (isFault(endpoint)) return faulted(endpoint);
  const state = machine.linked.programs[endpoint.role]?.linked[endpoint.type];
  if (state === undefined) return faulted(faults.channel(machine, endpoint));
  const first = state.branches[0];
  if (state.kind !== "recv" || first === undefined)
    return faulted(faults.type(`expected a receive, the type is at ${state.kind}`));
  const edge = sessionOf(machine, endpoint.sid).edges[first.edge];
  if (edge === undefined) return waitForEver(round, endpoint, first);
  // What is stale goes first; that is a round of its own.
  if (machine.linked.scoped && dropStale(machine, edge, round.events)) return continued;
  const frame = edge.frames.peek();
  if (frame === undefined || (machine.linked.scoped && !isOfNow(coroutine, frame)))
    return { kind: "blocked", reason: edge.whenEmpty.reason, edge };
  const branch = table === undefined ? first : state.branches.find((b) => b.label === frame.label);
  const entry = table?.table.find((candidate) => candidate.label === frame.label);
  const replayed = replayFault(round, edge, frame);
  if (replayed !== undefined) return faulted(replayed);
  if (branch === undefined || branch.label !== frame.label || (table !== undefined && entry === undefined))
    return faulted(unexpected(edge, frame));
  const problem =
    payloadFault(
      machine.config,
      `receive ${frame.label}:`,
      branch.type,
      frame.payload,
      table === undefined,
    ) ?? hostFault(round, dst);
  if (problem !== undefined) return faulted(problem);
  const gate = outputFault(machine, received);
  if (gate !== undefined) return faulted(gate);
  take(round, edge, frame);
  const decision = table === undefined ? undefined : "chose";
  messageEvents(round, "received", edge, branch, frame, endpoint, decision);
  const register = dst ?? (branch.needsPayload ? RECEIVED : undefined);
  if (register !== undefined) coroutine.regs[register] = frame.payload;
  endpoint.type = branch.next;
  endpoint.step += 1;
  coroutine.pc = entry?.pc ?? coroutine.pc + 1;
  touch(machine, coroutine);
  return continued;
};

/** A peer outside the image never sends: the wait is real, though no edge carries it. */
const waitForEver = (round: Round, endpoint: Endpoint, branch: LinkedBranch): Step => ({
  kind: "blocked",
  reason: {
    kind: "empty",
    edge: {
      sid: endpoint.sid,
      from: branch.peer,
      to: round.machine.image.roles[endpoint.role] as string,
    },
  },
});

const unexpected = (edge: EdgeState, frame: Frame): Fault =>
  faults.label(frame.label, frame.injected ? "edge" : edge.name.from);

const hostFault = (round: Round, dst: number | undefined): Fault | undefined => {
  const { coroutine, answers } = round;
  if (dst !== undefined && coroutine.regs[dst] === undefined) return faults.registers();
  if (answers.failure !== undefined) return faults.invoke(answers.failure.kind, answers.failure.message);
  return answers.blocked ? faults.invoke("contract_violation", "a receive cannot be left open") : undefined;
};

/** What a frame is known by in nullifier mode. */
export const frameIdentity = (frame: Frame, withSequence: boolean): string =>
  JSON.stringify([frame.label, withSequence ? frame.seq : null, payloadText(frame.payload)]);

const payloadText = (value: Value): string =>
  JSON.stringify(value, (_, part: unknown) => (typeof part === "bigint" ? `${part}n` : part));

/** Every frame is numbered and consumed once, choices included. */
const replayFault = (round: Round, edge: EdgeState, frame: Frame): Fault | undefined => {
  const { config } = round.machine;
  if (config.replay === "off") return undefined;
  if (config.replay === "sequence") {
    return frame.seq === edge.received
      ? undefined
      : faults.verification(
          edge.name,
          `comm_replay.sequence_mismatch: expected=${edge.received}, actual=${frame.seq}`,
        );
  }
  return edge.consumed.has(frameIdentity(frame, config.nullifier === "sequenceBound"))
    ? faults.verification(edge.name, "comm_replay.duplicate")
    : undefined;
};

const take = (round: Round, edge: EdgeState, frame: Frame): void => {
  const { machine } = round;
  edge.frames.shift();
  edge.received += 1;
  if (machine.config.replay === "nullifier")
    edge.consumed.add(frameIdentity(frame, machine.config.nullifier === "sequenceBound"));
  machine.parts.edges.touch(edge);
  for (const writer of edge.writers) mayWake(machine, writer);
};
