import type { EntryJson } from "@parley/wire/http";
import { createStore, type StoreApi } from "zustand/vanilla";

/** Entries fetched at once. */
export const PAGE = 200;

/** Entries kept; beyond it those that came first are let go, and read again where somebody looks. */
const KEPT = 60_000;

interface LogState {
  /** Highest position known. */
  readonly head: number;
  /** Grows whenever entries arrive; the entries themselves never change. */
  readonly version: number;
}

type FetchPage = (
  from: number,
  limit: number,
) => Promise<{ readonly items: readonly EntryJson[]; readonly head: number }>;

/**
 * The log of one open session as far as it has been read: an append-only
 * buffer with holes, filled by pages where somebody looks and by live events
 * at its end. Kept out of the query cache, since entries never go stale.
 */
export interface SessionLog {
  readonly store: StoreApi<LogState>;
  at(seq: number): EntryJson | undefined;
  put(entries: readonly EntryJson[], head?: number): void;
  /** Loads what is missing of `from … to`; resolves when that part is there. */
  ensure(from: number, to: number): Promise<void>;
}

export const createSessionLog = (fetchPage: FetchPage): SessionLog => {
  const entries = new Map<number, EntryJson>();
  const loading = new Map<number, Promise<void>>();
  const store = createStore<LogState>(() => ({ head: 0, version: 0 }));
  const put = (added: readonly EntryJson[], head = 0): void => {
    const fresh = added.filter(({ seq }) => !entries.has(seq));
    for (const entry of fresh) entries.set(entry.seq, entry);
    for (const seq of entries.keys()) {
      if (entries.size <= KEPT) break;
      entries.delete(seq);
    }
    const last = Math.max(head, added.at(-1)?.seq ?? 0);
    store.setState((before) =>
      fresh.length === 0 && last <= before.head
        ? before
        : { head: Math.max(before.head, last), version: before.version + 1 },
    );
  };
  const load = (from: number): Promise<void> => {
    const known = loading.get(from);
    if (known) return known;
    const task = fetchPage(from, PAGE)
      .then(({ items, head }) => put(items, head))
      .finally(() => loading.delete(from));
    loading.set(from, task);
    return task;
  };
  return {
    store,
    at: (seq) => entries.get(seq),
    put,
    ensure: async (from, to) => {
      const tasks: Promise<void>[] = [];
      for (let seq = Math.max(0, from); seq <= to; seq += 1) {
        if (entries.has(seq)) continue;
        const page = seq - (seq % PAGE);
        tasks.push(load(page));
        seq = page + PAGE - 1;
      }
      await Promise.all(tasks);
    },
  };
};
