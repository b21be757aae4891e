import type { StoreError, UnitResult } from "@parley/runtime/host";
import { decodeEntry } from "@parley/wire";
import { changeApplier } from "../derive/apply-changes.ts";
import { deriveEntry } from "../derive/derive-entry.ts";
import { derivedLook } from "../derive/derived-look.ts";
import { readStaged } from "../stage/staged-file.ts";
import type { Connection } from "../store/connect.ts";
import type { LogHead, LogHeads } from "./log-head.ts";
import type { PackedAppend, PackedEntry, PackedUnit, StagedStream } from "./writer-message.ts";

/** Answers to repeated commands are kept this long, by session time (model §2.8). */
export const IDEMPOTENCY_MS = 24 * 60 * 60 * 1000;

type Outcome<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly error: StoreError };

/** What the units of a batch have done so far; a failed unit leaves no trace in it. */
export interface BatchProgress {
  lastCommit: number;
  readonly heads: Map<string, LogHead>;
}

/**
 * Applies one unit inside its savepoint, which the caller rolls back when it is
 * refused; only a unit that succeeded moves `progress`.
 */
export type UnitApplier = (unit: PackedUnit, buffer: ArrayBuffer, progress: BatchProgress) => UnitResult;

const failed = (reason: string) => ({ ok: false, error: { kind: "failed", reason } }) as const;

const START = new Uint8Array(0);

export const unitApplier = (db: Connection, known: LogHeads): UnitApplier => {
  const addStream = db.prepare<[string, string]>("INSERT INTO streams (name, kind) VALUES (?, ?)");
  const addEntry = db.prepare(
    'INSERT INTO entries ("commit", stream, seq, bytes, hash, prev) VALUES (?, ?, ?, ?, ?, ?)',
  );
  const addKey = db.prepare(
    `INSERT INTO idempotency (actor, key, request_hash, answer, "commit", at) VALUES (?, ?, ?, ?, ?, ?)
     ON CONFLICT (actor, key) DO UPDATE SET request_hash = excluded.request_hash, answer = excluded.answer,
       "commit" = excluded."commit", at = excluded.at
     WHERE idempotency.at <= excluded.at - ${IDEMPOTENCY_MS}`,
  );
  const keepAnswer = (row: NonNullable<PackedUnit["idempotency"]>, commit: number): boolean =>
    addKey.run(row.actor, row.key, row.requestHash, row.answer, commit, row.at).changes > 0;
  const apply = changeApplier(db);
  const look = derivedLook(db);

  const headFor = (append: PackedAppend, head: LogHead | undefined): Outcome<LogHead> => {
    const { stream, kind, expectedSeq } = append;
    const actual = head?.seq ?? -1;
    if (actual !== expectedSeq)
      return { ok: false, error: { kind: "stale", stream, expected: expectedSeq, actual } };
    if (head === undefined) {
      const id = Number(addStream.run(stream, kind).lastInsertRowid);
      return { ok: true, value: { id, kind, seq: -1, hash: START } };
    }
    return head.kind === kind
      ? { ok: true, value: head }
      : failed(`stream ${stream} is of kind ${head.kind}, not ${kind}`);
  };

  const addOne = (
    stream: string,
    head: LogHead,
    packed: Pick<PackedEntry, "seq" | "hash">,
    bytes: Uint8Array,
    commit: number,
  ) => {
    const decoded = decodeEntry(bytes);
    if (!decoded.ok) return failed(`entry ${stream}/${packed.seq} does not decode: ${decoded.error.kind}`);
    if (packed.seq !== head.seq + 1 || decoded.entry.seq !== packed.seq)
      return failed(`entry ${stream}/${packed.seq} does not follow ${head.seq}`);
    const hash = Buffer.from(packed.hash, "hex");
    addEntry.run(commit, head.id, packed.seq, bytes, hash, head.hash);
    const stored = { stream, entry: decoded.entry, bytes, hash: packed.hash, commit };
    for (const change of deriveEntry(stored, look)) apply(change);
    return { ok: true, value: { ...head, seq: packed.seq, hash } } as const;
  };

  /** Appends a stream put aside in a file; answers its head. */
  const takeIn = (
    { stream, kind, path }: StagedStream,
    progress: BatchProgress,
    from: number,
  ): Outcome<LogHead> => {
    const opened = headFor(
      { stream, kind, expectedSeq: -1, entries: [] },
      progress.heads.get(stream) ?? known.of(stream),
    );
    if (!opened.ok) return opened;
    let head = opened.value;
    for (const { hash, bytes } of readStaged(path)) {
      const seq = head.seq + 1;
      const added = addOne(stream, head, { seq, hash }, bytes, from + seq + 1);
      if (!added.ok) return added;
      head = added.value;
    }
    return { ok: true, value: head };
  };

  /** Appends every stream put aside; answers the last commit number. */
  const takeAllIn = (
    staged: readonly StagedStream[],
    touched: Map<string, LogHead>,
    progress: BatchProgress,
    from: number,
  ): Outcome<number> => {
    let commit = from;
    for (const one of staged) {
      const taken = takeIn(one, progress, commit);
      if (!taken.ok) return taken;
      touched.set(one.stream, taken.value);
      commit += taken.value.seq + 1;
    }
    return { ok: true, value: commit };
  };

  return (unit, buffer, progress) => {
    const touched = new Map<string, LogHead>();
    const commits: number[][] = [];
    let commit = progress.lastCommit;
    const taken = takeAllIn(unit.staged ?? [], touched, progress, commit);
    if (!taken.ok) return taken;
    commit = taken.value;
    for (const append of unit.appends) {
      const { stream, entries } = append;
      if (entries.length === 0) return failed(`nothing to append to ${stream}`);
      const opened = headFor(append, touched.get(stream) ?? progress.heads.get(stream) ?? known.of(stream));
      if (!opened.ok) return opened;
      let head = opened.value;
      const numbers: number[] = [];
      for (const packed of entries) {
        const bytes = new Uint8Array(buffer, packed.offset, packed.length);
        const added = addOne(stream, head, packed, bytes, commit + 1);
        if (!added.ok) return added;
        head = added.value;
        numbers.push(++commit);
      }
      touched.set(stream, head);
      commits.push(numbers);
    }
    const { idempotency: row } = unit;
    if (row !== undefined && !keepAnswer(row, commit))
      return failed(`key ${row.key} of ${row.actor} is taken`);
    progress.lastCommit = commit;
    for (const [stream, head] of touched) progress.heads.set(stream, head);
    return { ok: true, commits };
  };
};
