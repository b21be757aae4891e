import { encodeCanonical, type Hash, hashBytes, hashDomain, hashValue } from "@parley/wire";
import type { PartDigests } from "./part-tree.ts";
import { regsOf } from "./plain.ts";
import type { Coroutine, EdgeState, Machine, Session } from "./state.ts";

const digest = (value: unknown): string => hashBytes(encodeCanonical(value));

/** Done or faulted belongs to the protocol; ready or blocked is the scheduler's (model §2.5). */
const ending = (coroutine: Coroutine): unknown =>
  coroutine.status.kind === "faulted" ? coroutine.status.fault : coroutine.status.kind === "done";

const coroutineDigests = (coroutine: Coroutine): PartDigests => ({
  protocol: digest([
    coroutine.id,
    coroutine.sid,
    coroutine.role,
    coroutine.pc,
    regsOf(coroutine),
    coroutine.owned.map((endpoint) => [
      endpoint.sid,
      endpoint.role,
      endpoint.path,
      endpoint.type,
      endpoint.step,
    ]),
    coroutine.known,
    coroutine.ghost ?? null,
    coroutine.children,
    ending(coroutine),
  ]),
  rest: digest([
    coroutine.id,
    coroutine.ticket,
    coroutine.waiting,
    coroutine.status.kind === "blocked" ? coroutine.status.reason : null,
    coroutine.credits,
    coroutine.tokens,
  ]),
});

const edgeDigests = (edge: EdgeState): PartDigests => ({
  protocol: digest([
    edge.sid,
    edge.from,
    edge.to,
    edge.capacity,
    edge.sent,
    edge.received,
    edge.frames.list(),
    edge.consumed.size,
  ]),
  rest: "",
});

const sessionDigests = (session: Session): PartDigests => ({
  protocol: digest([session.sid, session.status, session.epoch, [...session.released]]),
  rest: "",
});

/** Everything of the machine that belongs to no part. */
const shell = (machine: Machine): unknown => [
  machine.tick,
  machine.nextSession,
  machine.nextCoroutine,
  machine.queue.next,
  machine.nextWitness,
  [...machine.paused].sort(),
  [...machine.crashed].sort(),
  [...machine.timeouts].sort(([a], [b]) => (a < b ? -1 : 1)),
  [...machine.partitions].sort(),
  [...machine.corruptions].sort(([a], [b]) => (a < b ? -1 : 1)),
  [...machine.layers].sort(),
];

/** Both hashes of a state (model §2.5). */
export interface MachineHashes {
  /** Types, buffers, registers and what has ended; a blocked round does not change it. */
  readonly protocol: Hash;
  /** All of the state. */
  readonly state: Hash;
}

/**
 * The hashes of the machine's state. Only parts changed since the last call are
 * digested again, and the paths above them (radix 16), so that a round in a
 * session of 10,000 roles costs as much as in one of two. Marks parts clean,
 * which no answer of the machine depends on.
 */
export const machineHashes = (machine: Machine): MachineHashes => {
  const coroutines = machine.parts.coroutines.digests(coroutineDigests);
  const edges = machine.parts.edges.digests(edgeDigests);
  const sessions = machine.parts.sessions.digests(sessionDigests);
  const protocol = hashValue("parley.protocol-state/1", [
    coroutines.protocol,
    edges.protocol,
    sessions.protocol,
  ]);
  const state = hashDomain(
    "parley.machine-state/1",
    encodeCanonical([protocol, coroutines.rest, shell(machine)]),
  );
  return { protocol, state };
};

/** Hash of types, buffers, registers and what has ended. */
export const protocolHash = (machine: Machine): Hash => machineHashes(machine).protocol;

/** Hash of the whole state. */
export const stateHash = (machine: Machine): Hash => machineHashes(machine).state;
