import { decodeEntry, type StoredEntry, type StreamKind } from "@parley/wire";
import type {
  AppendUnit,
  Draft,
  DraftStore,
  IdempotencyRow,
  LogStore,
  Stage,
  StoredSnapshot,
  StoreError,
  StreamAppend,
  StreamHead,
  UnitResult,
} from "./ports.ts";
import { foldedQueries } from "./streams/folded-queries.ts";
import { SessionRows } from "./streams/session-rows.ts";

interface StoredStream {
  readonly kind: StreamKind;
  readonly entries: StoredEntry[];
}

const rowKey = (actor: string, key: string): string => JSON.stringify([actor, key]);

/** The first append of a unit that does not meet its stream's head. */
const staleAppend = (streams: Map<string, StoredStream>, unit: AppendUnit): StoreError | undefined => {
  for (const append of unit.appends) {
    const actual = (streams.get(append.stream)?.entries.length ?? 0) - 1;
    if (actual !== append.expectedSeq)
      return { kind: "stale", stream: append.stream, expected: append.expectedSeq, actual };
    const gap = append.entries.findIndex((entry, index) => entry.seq !== append.expectedSeq + 1 + index);
    if (gap >= 0) return { kind: "failed", reason: `entry ${gap} of ${append.stream} leaves a gap` };
  }
  return undefined;
};

/**
 * The log and the drafts in memory: used in tests and in the browser. Meets
 * the same contract as the durable store, except that nothing outlives it.
 */
export const memoryStore = (): LogStore & DraftStore => {
  const streams = new Map<string, StoredStream>();
  const byCommit: StoredEntry[] = [];
  const rows = new Map<string, IdempotencyRow>();
  const snapshots = new Map<string, StoredSnapshot[]>();
  const drafts = new Map<string, Draft>();
  const sessions = new SessionRows();

  const stages = new WeakMap<Stage, Map<string, StreamAppend>>();

  const openStage = (): Stage => {
    const streams = new Map<string, StreamAppend>();
    const stage: Stage = {
      add: async (stream, kind, entries) => {
        const before = streams.get(stream)?.entries ?? [];
        streams.set(stream, { stream, kind, expectedSeq: -1, entries: [...before, ...entries] });
      },
      drop: async () => streams.clear(),
    };
    stages.set(stage, streams);
    return stage;
  };

  const writeUnit = (asked: AppendUnit): UnitResult => {
    const { staged, ...rest } = asked;
    const streamsOf = staged && stages.get(staged.stage);
    if (staged !== undefined && streamsOf === undefined)
      throw new Error("streams were put aside in another store");
    const taken = (staged?.streams ?? []).flatMap((stream) => streamsOf?.get(stream) ?? []);
    const unit = { ...rest, appends: [...taken, ...rest.appends] };
    const stale = staleAppend(streams, unit);
    if (stale !== undefined) return { ok: false, error: stale };
    const row = unit.idempotency;
    if (row !== undefined && rows.has(rowKey(row.actor, row.key)))
      return { ok: false, error: { kind: "failed", reason: "idempotency key already used" } };
    const decoded = unit.appends.map((append) => append.entries.map((entry) => decodeEntry(entry.bytes)));
    if (decoded.some((list) => list.some((entry) => !entry.ok)))
      return { ok: false, error: { kind: "failed", reason: "entry bytes cannot be read" } };
    const commits = unit.appends.map((append, i) => {
      const stream = streams.get(append.stream) ?? { kind: append.kind, entries: [] };
      streams.set(append.stream, stream);
      return append.entries.map((entry, j) => {
        const read = decoded[i]?.[j];
        const commit = byCommit.length + 1;
        if (read?.ok) {
          const stored = {
            stream: append.stream,
            entry: read.entry,
            bytes: entry.bytes,
            hash: entry.hash,
            commit,
          };
          stream.entries.push(stored);
          byCommit.push(stored);
          sessions.add(stored);
        }
        return commit;
      });
    });
    if (row !== undefined) rows.set(rowKey(row.actor, row.key), { ...row, commit: byCommit.length });
    return { ok: true, commits: commits.slice(taken.length) };
  };

  const headOf = (stored: StoredStream | undefined): StreamHead | undefined => {
    const last = stored?.entries.at(-1);
    return stored === undefined || last === undefined
      ? undefined
      : { kind: stored.kind, seq: last.entry.seq, hash: last.hash, commit: last.commit };
  };

  return {
    append: async (units) => units.map(writeUnit),
    head: async (stream) => headOf(streams.get(stream)),
    read: async (stream, from, limit) =>
      streams.get(stream)?.entries.slice(Math.max(0, from), from + limit) ?? [],
    readCommits: async (after, limit) => byCommit.slice(Math.max(0, after), Math.max(0, after) + limit),
    lastCommit: async () => byCommit.length,
    streams: async (kind) =>
      [...streams].flatMap(([stream, stored]) => {
        const head = headOf(stored);
        return stored.kind === kind && head !== undefined ? [{ stream, head }] : [];
      }),
    sessionRows: async () => sessions.rows(),
    deadlines: async () => sessions.deadlines(),
    ...foldedQueries({
      of: (stream) => streams.get(stream)?.entries ?? [],
      ofKind: (kind) =>
        [...streams.values()].flatMap((stored) => (stored.kind === kind ? [stored.entries] : [])),
    }),
    idempotency: async (actor, key) => rows.get(rowKey(actor, key)),
    snapshot: async (stream, at) => {
      // One whose entry hash is not the chain's is no snapshot of this log (model §1.5).
      const entries = streams.get(stream)?.entries ?? [];
      const usable = (one: StoredSnapshot) => one.seq <= at && entries[one.seq]?.hash === one.entryHash;
      return snapshots.get(stream)?.findLast(usable);
    },
    putSnapshot: async (snapshot) => {
      const others = (snapshots.get(snapshot.stream) ?? []).filter((one) => one.seq !== snapshot.seq);
      snapshots.set(
        snapshot.stream,
        [...others, snapshot].sort((a, b) => a.seq - b.seq),
      );
    },
    dropSnapshots: async () => snapshots.clear(),
    stage: async () => openStage(),
    close: async () => undefined,
    draft: async (protocol) => drafts.get(protocol),
    putDraft: async (draft, baseRevision) => {
      const current = drafts.get(draft.protocol);
      if ((current?.revision ?? 0) !== baseRevision) return { ok: false, current };
      const next = { ...draft, revision: baseRevision + 1 };
      drafts.set(draft.protocol, next);
      return { ok: true, draft: next };
    },
  };
};
