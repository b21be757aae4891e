import type { StreamKind } from "@parley/wire";
import type { Connection } from "../store/connect.ts";

/** Where a stream ends, as the writer needs it to append. */
export interface LogHead {
  readonly id: number;
  readonly kind: StreamKind;
  readonly seq: number;
  readonly hash: Uint8Array;
}

/** Enough for every busy stream; beyond it the cache starts anew rather than grow. */
const CACHED_HEADS = 50_000;

/** The heads of streams and the last commit number, remembered between batches and forgotten when one fails. */
export interface LogHeads {
  lastCommit(): number;
  of(stream: string): LogHead | undefined;
  keep(lastCommit: number, heads: ReadonlyMap<string, LogHead>): void;
  forget(): void;
}

export const logHeads = (db: Connection): LogHeads => {
  const headOf = db.prepare<[string], LogHead>(
    `SELECT s.id, s.kind, e.seq, e.hash FROM streams s JOIN entries e ON e.stream = s.id
     WHERE s.name = ? ORDER BY e.seq DESC LIMIT 1`,
  );
  const maxCommit = db.prepare<[], number>('SELECT coalesce(max("commit"), 0) FROM entries').pluck();
  const cache = new Map<string, LogHead>();
  let last: number | undefined;
  return {
    lastCommit: () => (last ??= maxCommit.get() ?? 0),
    of: (stream) => cache.get(stream) ?? headOf.get(stream),
    keep: (lastCommit, heads) => {
      last = lastCommit;
      if (cache.size > CACHED_HEADS) cache.clear();
      for (const [stream, head] of heads) cache.set(stream, head);
    },
    forget: () => {
      last = undefined;
      cache.clear();
    },
  };
};
