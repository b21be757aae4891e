import {
  type Actor,
  chainHash,
  type Effect,
  ENTRY_VERSION,
  type Entry,
  encodeEntry,
  type SessionInput,
} from "@parley/wire";
import type { Applied } from "./apply-input.ts";
import { ownOffset, type SessionState } from "./session-state.ts";
import { rehash } from "./state-hash.ts";

/** An entry of a session's own stream, ready to be appended. */
export interface SessionEntry {
  readonly entry: Entry;
  readonly bytes: Uint8Array;
  readonly hash: string;
}

/**
 * Makes the entry of an input already applied, and moves the state's hashes
 * and chain on to it.
 */
export const sessionEntry = (
  state: SessionState,
  input: SessionInput,
  applied: Applied,
  by: { readonly actor: Actor; readonly key: string | undefined; readonly effects: readonly Effect[] },
): SessionEntry => {
  rehash(state);
  const entry: Entry = {
    v: ENTRY_VERSION,
    seq: state.position - ownOffset(state),
    at: state.at,
    actor: by.actor,
    ...(by.key === undefined ? {} : { key: by.key }),
    input,
    ...(applied.rounds === undefined ? {} : { rounds: applied.rounds }),
    reads: applied.reads,
    events: applied.events,
    effects: by.effects,
    protocolHash: state.protocolHash,
    stateHash: state.stateHash,
  };
  const bytes = encodeEntry(entry);
  const hash = chainHash(state.hash, bytes);
  state.hash = hash;
  return { entry, bytes, hash };
};
