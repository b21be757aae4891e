import type { ForkPin, Hash, StoredEntry } from "@parley/wire";
import type { LogStore } from "../ports.ts";
import { foldEntry } from "../session/fold-entry.ts";
import { decodeSession, encodeSession, SNAPSHOT_EVERY } from "../session/session-snapshot.ts";
import { ownOffset, type SessionState } from "../session/session-state.ts";

/** The state of a session at a position, or why there is none. */
export type FoldedSession =
  | { readonly ok: true; readonly state: SessionState }
  | { readonly ok: false; readonly kind: "missing" | "read-only"; readonly why: string };

const PAGE = 512;

const missing = (why: string): FoldedSession => ({ ok: false, kind: "missing", why });

/** The latest usable snapshot at or before `seq`: one whose entry hash is the chain's. */
const startFrom = async (store: LogStore, stream: string, seq: number): Promise<SessionState | undefined> => {
  const snapshot = await store.snapshot(stream, seq);
  if (snapshot === undefined) return undefined;
  const [entry] = await store.read(stream, snapshot.seq, 1);
  if (entry?.hash !== snapshot.entryHash) return undefined;
  const state = decodeSession(snapshot.bytes);
  return state?.stream === stream && state.hash === snapshot.entryHash ? state : undefined;
};

/** Keeps the state as a snapshot when its entry is one of every 512. */
export const snapshotOf = (state: SessionState, semantics: number) => {
  const seq = state.position - ownOffset(state);
  if (seq === 0 || seq % SNAPSHOT_EVERY !== 0) return undefined;
  const { stream } = state;
  return { stream, seq, semantics, entryHash: state.hash as Hash, bytes: encodeSession(state) };
};

/** What entry 0 of a session's stream says about where its log begins. */
export const forkPinOf = (first: StoredEntry | undefined): ForkPin | undefined =>
  first?.entry.input.kind === "fork" ? first.entry.input : undefined;

/**
 * Folds a session's log to `position` (default: its head), from the nearest
 * snapshot; a position of a fork's prefix is folded in its parent. Snapshots
 * passed on the way are kept. The state is the caller's own.
 */
export const foldSession = async (
  store: LogStore,
  stream: string,
  position?: number,
): Promise<FoldedSession> => {
  const [first] = await store.read(stream, 0, 1);
  if (first === undefined) return missing(`no session ${stream}`);
  const fork = forkPinOf(first);
  const offset = fork === undefined ? 0 : fork.at + 1;
  if (fork !== undefined && position !== undefined && position <= fork.at) {
    const prefix = await foldSession(store, fork.parent, position);
    return prefix.ok ? { ok: true, state: prefix.state } : prefix;
  }
  const until = position === undefined ? Number.MAX_SAFE_INTEGER : position - offset;
  let state = await startFrom(store, stream, until);
  if (state === undefined && fork !== undefined) {
    const parent = await foldSession(store, fork.parent, fork.at);
    if (!parent.ok) return parent;
    const begun = foldEntry(parent.state, first);
    if (!begun.ok) return { ok: false, kind: "read-only", why: begun.why };
    state = begun.state;
  }
  for (;;) {
    const from: number = state === undefined ? 0 : state.position - offset + 1;
    if (from > until) break;
    const entries = await store.read(stream, from, Math.min(PAGE, until - from + 1));
    for (const stored of entries) {
      const folded = foldEntry(state, stored);
      if (!folded.ok) return { ok: false, kind: "read-only", why: folded.why };
      state = folded.state;
      const snapshot = snapshotOf(state, state.pin.semantics);
      if (snapshot !== undefined) await store.putSnapshot(snapshot);
    }
    if (entries.length < PAGE) break;
  }
  if (state === undefined || (position !== undefined && state.position !== position))
    return missing(`no position ${position ?? 0} in ${stream}`);
  return { ok: true, state };
};
