import type { ForkPin, Hash, StoredEntry } from "@parley/wire";
import type { LogStore, StoredSnapshot } from "../ports.ts";
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

/** Where in a stream's own log a fold ends, and where its positions begin. */
interface Range {
  readonly stream: string;
  readonly offset: number;
  readonly until: number;
}

/** Folds what is left of a stream's own entries onto a state, keeping the snapshots it passes. */
const foldRest = async (
  store: LogStore,
  start: SessionState | undefined,
  { stream, offset, until }: Range,
): Promise<FoldedSession> => {
  let state = start;
  for (;;) {
    const from = state === undefined ? 0 : state.position - offset + 1;
    const entries = from > until ? [] : await store.read(stream, from, Math.min(PAGE, until - from + 1));
    for (const stored of entries) {
      const folded = foldEntry(state, stored);
      if (!folded.ok) return { ok: false, kind: "read-only", why: folded.why };
      state = folded.state;
      const snapshot = snapshotOf(state, state.pin.semantics);
      if (snapshot !== undefined) await keepSnapshot(store, snapshot);
    }
    if (entries.length < PAGE) break;
  }
  return state === undefined ? missing(`no entries in ${stream}`) : { ok: true, state };
};

/** Stores a snapshot; one that cannot be kept costs a longer fold, nothing else. */
export const keepSnapshot = (store: LogStore, snapshot: StoredSnapshot): Promise<void> =>
  store.putSnapshot(snapshot).catch(() => undefined);

/** A fork's state at its own entry 0, from its parent's. */
const foldForkStart = async (store: LogStore, fork: ForkPin, first: StoredEntry): Promise<FoldedSession> => {
  const parent = await foldSession(store, fork.parent, fork.at);
  if (!parent.ok) return parent;
  const begun = foldEntry(parent.state, first);
  return begun.ok ? { ok: true, state: begun.state } : { ok: false, kind: "read-only", why: begun.why };
};

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
  if (fork !== undefined && position !== undefined && position <= fork.at)
    return foldSession(store, fork.parent, position);
  const until = position === undefined ? Number.MAX_SAFE_INTEGER : position - offset;
  let start = await startFrom(store, stream, until);
  if (start === undefined && fork !== undefined) {
    const begun = await foldForkStart(store, fork, first);
    if (!begun.ok) return begun;
    start = begun.state;
  }
  const folded = await foldRest(store, start, { stream, offset, until });
  if (folded.ok && position !== undefined && folded.state.position !== position)
    return missing(`no position ${position} in ${stream}`);
  return folded;
};
