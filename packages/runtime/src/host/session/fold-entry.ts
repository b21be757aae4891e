import {
  type Entry,
  encodeCanonical,
  type ForkPin,
  type Hash,
  hashBytes,
  type SessionInput,
  type SessionPin,
} from "@parley/wire";
import { WORKSPACE } from "../core.ts";
import { type Applied, applyInput } from "./apply-input.ts";
import { type Gather, recordedGather } from "./gather.ts";
import { forkSession, openSession, pinnedImage } from "./open-session.ts";
import { countUnattended } from "./session-budget.ts";
import { recorderOf } from "./session-facts.ts";
import type { SessionState } from "./session-state.ts";
import { sessionStatus } from "./session-status.ts";
import { rehash } from "./state-hash.ts";

/** One thing in which a fold differs from what was recorded. */
export interface Finding {
  readonly stream: string;
  readonly seq: number;
  readonly what:
    | "chain"
    | "image"
    | "events"
    | "reads"
    | "rounds"
    | "effects"
    | "protocolHash"
    | "stateHash"
    | "order";
  readonly expected: string;
  readonly actual: string;
}

/** A recorded entry with its chain hash. */
export interface Recorded {
  readonly entry: Entry;
  readonly hash: Hash;
}

export type Folded =
  | { readonly ok: true; readonly state: SessionState; readonly applied: Applied }
  | { readonly ok: false; readonly why: string };

const nothing: Applied = { rounds: undefined, reads: [], events: [], facts: [] };

const foldFirst = (
  parent: SessionState | undefined,
  input: SessionPin | ForkPin,
  entry: Entry,
  gather: Gather,
): Folded => {
  if (input.kind === "fork") {
    if (parent === undefined) return { ok: false, why: "a what-if without its parent" };
    const state = forkSession(parent, input);
    state.at = entry.at;
    return { ok: true, state, applied: nothing };
  }
  const image = pinnedImage(input);
  if (!image.ok) {
    const unknown = image.error.kind === "unknown-semantics" || image.error.kind === "unknown-version";
    return {
      ok: false,
      why: unknown ? `semantics ${input.semantics} is not known here` : "image cannot be read",
    };
  }
  const opened = openSession(input, image.image, entry.at, gather);
  return { ok: true, ...opened };
};

/**
 * Folds one recorded entry, taking every outside value from its reads. The
 * state is changed in place; for entry 0 `state` is the parent's (a fork) or
 * absent, and the new state is returned. Hashes are taken as recorded; use
 * `checkEntry` to compare them. `watch` is told of every step.
 */
export const foldEntry = (
  state: SessionState | undefined,
  recorded: Recorded,
  watch: Pick<Gather, "stepped"> = {},
): Folded => {
  const { entry, hash } = recorded;
  const input = entry.input as SessionInput;
  const gather = { ...recordedGather(entry.reads), ...watch };
  const folded: Folded =
    input.kind === "open" || input.kind === "fork"
      ? foldFirst(state, input, entry, gather)
      : state === undefined
        ? { ok: false, why: "the log does not start with entry 0" }
        : { ok: true, state, applied: applyInput(state, input, entry.at, gather) };
  if (!folded.ok) return folded;
  const next = folded.state;
  if (next.fork !== undefined) next.simulatedFacts += folded.applied.facts.length;
  countUnattended(next, entry.actor);
  next.hash = hash;
  next.protocolHash = entry.protocolHash;
  next.stateHash = entry.stateHash;
  return folded;
};

/** Facts go to contexts, or to a fork's overlay; an opening's other effects are in the workspace. */
const isFactStream = (stream: string): boolean =>
  stream.startsWith("ctx:") || stream.startsWith("simulated:");

/**
 * Facts are entries of the context: one for each replica they were added at,
 * in logs from before facts had types one for each fact. What they say is
 * audited against the context itself.
 */
const compareFacts = (
  { pin, machine }: SessionState,
  { facts }: Applied,
  { input, effects }: Entry,
  compare: (expected: string, actual: string) => void,
): void => {
  // A handoff tells the context of itself, which no send of the session does.
  if (input.kind === "delegate") return;
  const recorded = effects.filter(({ stream }) => isFactStream(stream)).length;
  const replicas = new Set(facts.map(({ role }) => recorderOf(pin, role))).size;
  // So does the ceremony that an opening begins, and that the end of the session gives up.
  const first = input.kind === "open" || sessionStatus(machine) !== "active";
  const told = first && effects.some(({ stream }) => stream === WORKSPACE) ? replicas + 1 : replicas;
  compare(String(recorded), String(recorded === replicas || recorded === told ? recorded : facts.length));
};

const digest = (value: unknown): string => hashBytes(encodeCanonical(value));

/** Compares what a fold gave with what was recorded: events, reads used, rounds, effects and both hashes. */
export const checkEntry = (state: SessionState, applied: Applied, recorded: Recorded): readonly Finding[] => {
  const { entry } = recorded;
  const findings: Finding[] = [];
  const compare = (what: Finding["what"], expected: string, actual: string): void => {
    if (expected !== actual) findings.push({ stream: state.stream, seq: entry.seq, what, expected, actual });
  };
  compare("events", digest(entry.events), digest(applied.events));
  compare("reads", digest(entry.reads), digest(applied.reads));
  compare("rounds", String(entry.rounds ?? "none"), String(applied.rounds ?? "none"));
  compareFacts(state, applied, entry, (expected, actual) => compare("effects", expected, actual));
  rehash(state);
  compare("protocolHash", entry.protocolHash, state.protocolHash);
  compare("stateHash", entry.stateHash, state.stateHash);
  return findings;
};
