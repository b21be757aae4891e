import type { StoredEntry } from "@parley/wire";
import type { EntryJson } from "@parley/wire/http";
import { forkPinOf } from "../ledger/fold-session.ts";
import type { LogStore } from "../ports.ts";
import { entryToJson } from "./entry-json.ts";

/** A stored entry with the position it has in the session asked for. */
export interface Positioned {
  readonly position: number;
  readonly stored: StoredEntry;
}

/** Entries from position `from`, at most `limit`, a fork's prefix through its parents. */
export const readPositions = async (
  store: LogStore,
  stream: string,
  from: number,
  limit: number,
): Promise<readonly Positioned[]> => {
  const [first] = await store.read(stream, 0, 1);
  const fork = forkPinOf(first);
  const offset = fork === undefined ? 0 : fork.at + 1;
  const prefix =
    fork !== undefined && from < offset
      ? await readPositions(store, fork.parent, from, Math.min(limit, offset - from))
      : [];
  const rest = limit - prefix.length;
  if (rest <= 0) return prefix;
  const own = await store.read(stream, Math.max(from - offset, 0), rest);
  return [...prefix, ...own.map((stored) => ({ position: stored.entry.seq + offset, stored }))];
};

/** The same as JSON, each entry's `seq` being its position. */
export const readLog = async (
  store: LogStore,
  stream: string,
  from: number,
  limit: number,
): Promise<EntryJson[]> => {
  const positions = await readPositions(store, stream, from, limit);
  return positions.map(({ position, stored }) => entryToJson(stored, position - stored.entry.seq));
};
