import { type BlockReason, type Hash, hashTexts, type Value } from "@parley/wire";
import { canonicalText, valueText } from "./canonical-text.ts";
import type { PartTexts } from "./part-tree.ts";
import { regsOf } from "./plain.ts";
import type { Coroutine, EdgeState, Endpoint, Frame, Machine, Session } from "./state.ts";

/** Done or faulted belongs to the protocol; ready or blocked is the scheduler's (model §2.5). */
const endingText = (coroutine: Coroutine): string => {
  if (coroutine.status.kind === "faulted") return canonicalText(coroutine.status.fault);
  return coroutine.status.kind === "done" ? "done" : "";
};

const endpointText = (endpoint: Endpoint): string =>
  `${endpoint.sid}/${endpoint.role}/${endpoint.path}:${endpoint.type}@${endpoint.step}`;

/** What few coroutines have: facts, a speculation, children of a par; scopes and bound names. */
const extrasText = (coroutine: Coroutine): string => {
  const { known, ghost, children, scopes, outer, names } = coroutine;
  const first =
    known.length === 0 && ghost === undefined && children.length === 0
      ? ""
      : canonicalText([known, ghost ?? null, children]);
  return scopes.length + outer.length + names.size === 0
    ? first
    : `${first};${canonicalText([scopes, outer])}${namesText(names)}`;
};

const namesText = (names: ReadonlyMap<string, Value>): string =>
  [...names]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => `${JSON.stringify(name)}=${valueText(value)}`)
    .join(",");

const reasonTexts = new WeakMap<BlockReason, string>();

/** An edge has one reason to be empty, which many rounds share. */
const reasonText = (reason: BlockReason): string => {
  if (reason.kind !== "empty") return canonicalText(reason);
  const known = reasonTexts.get(reason) ?? canonicalText(reason);
  reasonTexts.set(reason, known);
  return known;
};

/** Hot: written as one text each, since every entry makes them again for the coroutines that moved. */
const coroutineTexts = (coroutine: Coroutine): PartTexts => {
  const { id, sid, role, pc, ticket, waiting, status, credits, tokens } = coroutine;
  const regs = regsOf(coroutine).map(valueText).join(",");
  const owned = coroutine.owned.map(endpointText).join(",");
  const reason = status.kind === "blocked" ? reasonText(status.reason) : "";
  return {
    protocol: `${id};${sid};${role};${pc};${regs};${owned};${endingText(coroutine)};${extrasText(coroutine)}`,
    rest: `${id};${ticket};${waiting ? "w" : ""};${reason};${credits};${tokens}`,
  };
};

const marksText = ({ within, exit }: Frame): string =>
  within === undefined && exit === undefined ? "" : canonicalText({ within, exit });

const frameText = (frame: Frame): string =>
  `${frame.seq}${JSON.stringify(frame.label)}${valueText(frame.payload)}${frame.scope === undefined ? "" : JSON.stringify(frame.scope)}${frame.injected ? "!" : ""}${marksText(frame)}`;

const edgeTexts = (edge: EdgeState): PartTexts => {
  const { sid, from, to, capacity, sent, received } = edge;
  const frames = edge.frames.list().map(frameText).join(",");
  return {
    protocol: `${sid};${from};${to};${capacity};${sent};${received};${frames};${edge.consumed.size}`,
    rest: "",
  };
};

const setText = (set: Iterable<unknown> & { readonly size: number }): string =>
  set.size === 0 ? "" : canonicalText([...set].sort((a, b) => (String(a) < String(b) ? -1 : 1)));

const sessionTexts = (session: Session): PartTexts => ({
  protocol:
    canonicalText([session.sid, session.status, session.epoch, [...session.released]]) +
    setText(session.operations) +
    setText(session.laps) +
    setText(session.timers) +
    setText(session.progress),
  rest: "",
});

/** Everything of the machine that belongs to no part. */
const shellText = (machine: Machine): string =>
  [
    machine.tick,
    machine.nextSession,
    machine.nextCoroutine,
    machine.queue.next,
    machine.nextWitness,
    setText(machine.paused),
    setText(machine.crashed),
    setText(machine.timeouts),
    setText(machine.partitions),
    setText(machine.corruptions),
    setText(machine.layers),
  ].join(";");

/** Both hashes of a state (model §2.5). */
export interface MachineHashes {
  /** Types, buffers, registers and what has ended; a blocked round does not change it. */
  readonly protocol: Hash;
  /** All of the state. */
  readonly state: Hash;
}

/**
 * The hashes of the machine's state: BLAKE3 of a canonical text of it, version
 * 1. Only parts changed since the last call are written again, and the paths
 * above them (radix 16), so that a round in a session of 10,000 roles costs
 * little more than in one of two. Asking changes nothing that an answer of the
 * machine depends on.
 */
export const machineHashes = (machine: Machine): MachineHashes => {
  const { parts, version } = machine;
  if (parts.hashes?.version === version) return parts.hashes;
  const coroutines = parts.coroutines.texts(coroutineTexts);
  const edges = parts.edges.texts(edgeTexts);
  const sessions = parts.sessions.texts(sessionTexts);
  const protocol = hashTexts(
    "parley.protocol-state/1\n",
    coroutines.protocol,
    "\n\n",
    edges.protocol,
    "\n\n",
    sessions.protocol,
  );
  const shell = shellText(machine);
  const state = hashTexts("parley.machine-state/1\n", protocol, "\n", coroutines.rest, "\n\n", shell);
  parts.hashes = { version, protocol, state };
  return parts.hashes;
};

/** Hash of types, buffers, registers and what has ended. */
export const protocolHash = (machine: Machine): Hash => machineHashes(machine).protocol;

/** Hash of the whole state. */
export const stateHash = (machine: Machine): Hash => machineHashes(machine).state;
