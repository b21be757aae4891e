import {
  type Actor,
  chainHash,
  ENTRY_VERSION,
  type Entry,
  encodeEntry,
  type Hash,
  type StreamInput,
} from "@parley/wire";
import { foldHash, type StreamBase } from "./stream-state.ts";

/** An entry ready to be appended, with the state after it. */
export interface Prepared<S> {
  readonly entry: Entry;
  readonly bytes: Uint8Array;
  readonly hash: Hash;
  readonly state: S;
}

/**
 * The next entry of a register stream (workspace, authority, context): its
 * input is the whole of it, so reads, events and effects are empty.
 */
export const registerEntry = <S extends StreamBase, I extends StreamInput>(
  state: S,
  fold: (state: S, input: I, at: number) => S,
  asked: {
    readonly input: I;
    readonly actor: Actor;
    readonly now: number;
    readonly key?: string | undefined;
  },
): Prepared<S> => {
  const at = Math.max(state.at, asked.now);
  const stateHash = foldHash(state.stateHash, asked.input, asked.actor);
  const entry: Entry = {
    v: ENTRY_VERSION,
    seq: state.seq + 1,
    at,
    actor: asked.actor,
    ...(asked.key === undefined ? {} : { key: asked.key }),
    input: asked.input,
    reads: [],
    events: [],
    effects: [],
    protocolHash: stateHash,
    stateHash,
  };
  const bytes = encodeEntry(entry);
  const hash = chainHash(state.hash, bytes);
  return {
    entry,
    bytes,
    hash,
    state: { ...fold(state, asked.input, at), seq: entry.seq, at, hash, stateHash },
  };
};

/** Folds a recorded entry; `false` when its hash is not the one the fold gives. */
export const foldRecorded = <S extends StreamBase, I extends StreamInput>(
  state: S,
  fold: (state: S, input: I, at: number) => S,
  recorded: { readonly entry: Entry; readonly hash: Hash },
): { readonly state: S; readonly agrees: boolean } => {
  const { entry, hash } = recorded;
  const input = entry.input as I;
  const stateHash = foldHash(state.stateHash, input, entry.actor);
  const next = { ...fold(state, input, entry.at), seq: entry.seq, at: entry.at, hash, stateHash };
  return { state: next, agrees: stateHash === entry.stateHash };
};
