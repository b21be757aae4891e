import type { StoreError, UnitResult } from "@parley/runtime/host";
import { decodeEntry } from "@parley/wire";
import { changeApplier } from "../derive/apply-changes.ts";
import { deriveEntry } from "../derive/derive-entry.ts";
import type { Connection } from "../store/connect.ts";
import type { LogHead, LogHeads } from "./log-head.ts";
import type { PackedAppend, PackedEntry, PackedUnit } from "./writer-message.ts";

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
  const apply = changeApplier(db);

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
    packed: PackedEntry,
    buffer: ArrayBuffer,
    commit: number,
  ) => {
    const bytes = new Uint8Array(buffer, packed.offset, packed.length);
    const decoded = decodeEntry(bytes);
    if (!decoded.ok) return failed(`entry ${stream}/${packed.seq} does not decode: ${decoded.error.kind}`);
    if (packed.seq !== head.seq + 1 || decoded.entry.seq !== packed.seq)
      return failed(`entry ${stream}/${packed.seq} does not follow ${head.seq}`);
    const hash = Buffer.from(packed.hash, "hex");
    addEntry.run(commit, head.id, packed.seq, bytes, hash, head.hash);
    for (const change of deriveEntry({ stream, entry: decoded.entry, bytes, hash: packed.hash, commit }))
      apply(change);
    return { ok: true, value: { ...head, seq: packed.seq, hash } } as const;
  };

  return (unit, buffer, progress) => {
    const touched = new Map<string, LogHead>();
    const commits: number[][] = [];
    let commit = progress.lastCommit;
    for (const append of unit.appends) {
      const { stream, entries } = append;
      if (entries.length === 0) return failed(`nothing to append to ${stream}`);
      const opened = headFor(append, touched.get(stream) ?? progress.heads.get(stream) ?? known.of(stream));
      if (!opened.ok) return opened;
      let head = opened.value;
      const numbers: number[] = [];
      for (const packed of entries) {
        const added = addOne(stream, head, packed, buffer, commit + 1);
        if (!added.ok) return added;
        head = added.value;
        numbers.push(++commit);
      }
      touched.set(stream, head);
      commits.push(numbers);
    }
    const { idempotency: row } = unit;
    if (
      row !== undefined &&
      addKey.run(row.actor, row.key, row.requestHash, row.answer, commit, row.at).changes === 0
    )
      return failed(`key ${row.key} of ${row.actor} is taken`);
    progress.lastCommit = commit;
    for (const [stream, head] of touched) progress.heads.set(stream, head);
    return { ok: true, commits };
  };
};
