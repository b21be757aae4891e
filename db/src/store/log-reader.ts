import type { Draft, IdempotencyRow, LogStore, StoredSnapshot, StreamHead } from "@parley/runtime/host";
import {
  decodeEntry,
  type SessionDeadline,
  type SessionRow,
  type StoredEntry,
  type StreamKind,
} from "@parley/wire";
import type { Connection } from "./connect.ts";
import { storeErrorOf } from "./store-error-of.ts";

/** The reading half of the ports, on a connection of its own: it sees exactly what has been committed. */
export type LogReader = Pick<
  LogStore,
  | "head"
  | "read"
  | "readCommits"
  | "lastCommit"
  | "streams"
  | "sessionRows"
  | "deadlines"
  | "idempotency"
  | "snapshot"
> & { draft(protocol: string): Promise<Draft | undefined> };

interface EntryRow {
  readonly stream: string;
  readonly bytes: Buffer;
  readonly hash: Buffer;
  readonly commit: number;
}

interface HeadRow {
  readonly name: string;
  readonly kind: StreamKind;
  readonly seq: number;
  readonly hash: Buffer;
  readonly commit: number;
}

const ENTRY = 's.name AS stream, e.bytes, e.hash, e."commit" AS "commit"';
const HEAD = 's.name, s.kind, e.seq, e.hash, e."commit" AS "commit"';

const storedOf = ({ stream, bytes, hash, commit }: EntryRow): StoredEntry => {
  const decoded = decodeEntry(bytes);
  if (!decoded.ok) throw new Error(`entry ${commit} of ${stream}: ${decoded.error.kind}`);
  return { stream, entry: decoded.entry, bytes: new Uint8Array(bytes), hash: hash.toString("hex"), commit };
};

const headOf = ({ kind, seq, hash, commit }: HeadRow): StreamHead => ({
  kind,
  seq,
  hash: hash.toString("hex"),
  commit,
});

/** Runs a read now, and answers or rejects like every other call of the port. */
const reading = async <T>(read: () => T): Promise<T> => {
  try {
    return read();
  } catch (cause) {
    throw storeErrorOf(cause);
  }
};

export const logReader = (db: Connection): LogReader => {
  const head = db.prepare<[string], HeadRow>(
    `SELECT ${HEAD} FROM streams s JOIN entries e ON e.stream = s.id WHERE s.name = ? ORDER BY e.seq DESC LIMIT 1`,
  );
  const read = db.prepare<[string, number, number], EntryRow>(
    `SELECT ${ENTRY} FROM streams s JOIN entries e ON e.stream = s.id WHERE s.name = ? AND e.seq >= ?
     ORDER BY e.seq LIMIT ?`,
  );
  const readCommits = db.prepare<[number, number], EntryRow>(
    `SELECT ${ENTRY} FROM entries e JOIN streams s ON s.id = e.stream WHERE e."commit" > ?
     ORDER BY e."commit" LIMIT ?`,
  );
  const lastCommit = db.prepare<[], number>('SELECT coalesce(max("commit"), 0) FROM entries').pluck();
  const streams = db.prepare<[string], HeadRow>(
    `SELECT ${HEAD} FROM streams s JOIN entries e ON e.stream = s.id
       AND e.seq = (SELECT max(seq) FROM entries WHERE stream = s.id)
     WHERE s.kind = ? ORDER BY s.id`,
  );
  const idempotency = db.prepare<[string, string], IdempotencyRow>(
    `SELECT actor, key, request_hash AS requestHash, answer, "commit" AS "commit", at FROM idempotency
     WHERE actor = ? AND key = ?`,
  );
  const snapshot = db.prepare<[string, number], Omit<StoredSnapshot, "bytes"> & { readonly bytes: Buffer }>(
    `SELECT p.stream, p.seq, p.semantics, p.entry_hash AS entryHash, p.bytes FROM snapshots p
       JOIN streams s ON s.name = p.stream JOIN entries e ON e.stream = s.id AND e.seq = p.seq
     WHERE p.stream = ? AND p.seq <= ? AND lower(hex(e.hash)) = p.entry_hash ORDER BY p.seq DESC LIMIT 1`,
  );
  const sessionRows = db.prepare<[], SessionRow>(
    "SELECT id AS stream, title, status, seq, updated AS at FROM sessions WHERE seq >= 0 ORDER BY rowid",
  );
  const deadlines = db.prepare<[], SessionDeadline>(
    `SELECT t.session AS stream, min(t.deadline) AS deadline FROM timers t
     JOIN sessions s ON s.id = t.session WHERE s.clock = 'real' GROUP BY t.session`,
  );
  const draft = db.prepare<[string], Draft>(
    "SELECT protocol, source, revision, at FROM drafts WHERE protocol = ?",
  );
  return {
    head: (stream) =>
      reading(() => {
        const row = head.get(stream);
        return row === undefined ? undefined : headOf(row);
      }),
    read: (stream, from, limit) => reading(() => read.all(stream, from, limit).map(storedOf)),
    readCommits: (after, limit) => reading(() => readCommits.all(after, limit).map(storedOf)),
    lastCommit: () => reading(() => lastCommit.get() ?? 0),
    streams: (kind) =>
      reading(() => streams.all(kind).map((row) => ({ stream: row.name, head: headOf(row) }))),
    sessionRows: () => reading(() => sessionRows.all()),
    deadlines: () => reading(() => deadlines.all()),
    idempotency: (actor, key) => reading(() => idempotency.get(actor, key)),
    snapshot: (stream, at) =>
      reading(() => {
        const row = snapshot.get(stream, at);
        return row === undefined ? undefined : { ...row, bytes: new Uint8Array(row.bytes) };
      }),
    draft: (protocol) => reading(() => draft.get(protocol)),
  };
};
