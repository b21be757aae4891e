import { openStore } from "@parley/db";
import { loadBiscuitTokens, openKeyStore } from "@parley/node";
import { createHost, type LogStore } from "@parley/runtime/host";
import { seededRandom, simulatedClock } from "@parley/runtime/testing";
import { chainHash, type Hash, type StoredEntry } from "@parley/wire";

/** One command as the load knows it: what it asked, and what it was told. */
export interface Attempt {
  readonly key: string;
  readonly method: string;
  readonly path: string;
  readonly body: unknown;
  /** Entries it makes under its key when it is carried out. */
  readonly makes: number;
  status?: number;
  /** Chain hashes of the entries it was answered with. */
  hashes?: readonly Hash[];
}

const PAGE = 1_000;

const allEntries = async (store: LogStore): Promise<readonly StoredEntry[]> => {
  const all: StoredEntry[] = [];
  for (;;) {
    const page = await store.readCommits(all.at(-1)?.commit ?? 0, PAGE);
    all.push(...page);
    if (page.length < PAGE) return all;
  }
};

const brokenChains = (entries: readonly StoredEntry[]): readonly string[] => {
  const heads = new Map<string, Hash>();
  return entries.flatMap(({ stream, entry, bytes, hash, commit }, index) => {
    const found =
      chainHash(heads.get(stream) ?? "", bytes) === hash
        ? []
        : [`the chain of ${stream} breaks at ${entry.seq}`];
    heads.set(stream, hash);
    return commit === index + 1 ? found : [...found, `commit ${commit} is out of line`];
  });
};

/** An entry and what it caused elsewhere are there together or not at all. */
const halfApplied = (entries: readonly StoredEntry[]): readonly string[] => {
  const there = new Set(entries.map(({ stream, entry }) => `${stream}/${entry.seq}`));
  return entries.flatMap(({ stream, entry }) =>
    entry.effects
      .filter(
        (effect) => !effect.stream.startsWith("simulated:") && !there.has(`${effect.stream}/${effect.seq}`),
      )
      .map((effect) => `${stream}/${entry.seq} names ${effect.stream}/${effect.seq}, which is not there`),
  );
};

/** Answered commands are there whole; unanswered ones whole or not at all; refused ones not. */
const wrongEffects = (entries: readonly StoredEntry[], attempts: readonly Attempt[]): readonly string[] => {
  const hashes = new Set(entries.map(({ hash }) => hash));
  const made = new Map<string, number>();
  for (const { entry, stream } of entries)
    if (entry.key !== undefined && stream.startsWith("ses_"))
      made.set(entry.key, (made.get(entry.key) ?? 0) + 1);
  return attempts.flatMap(({ key, path, makes, status, hashes: answered = [] }) => {
    const count = made.get(key) ?? 0;
    const lost = answered.filter((hash) => !hashes.has(hash)).map((hash) => `answered ${key} lost ${hash}`);
    const allowed = status === undefined ? [0, makes] : status < 300 ? [makes] : [0];
    return allowed.includes(count) ? lost : [...lost, `${key} (${path}, ${status}) made ${count} entries`];
  });
};

const replays = async (store: LogStore, folder: string): Promise<readonly string[]> => {
  const drafts = { draft: async () => undefined, putDraft: () => Promise.reject(new Error(folder)) };
  const ports = { clock: simulatedClock(), random: seededRandom() };
  // Everything was seeded before, so opening it once more writes nothing.
  const keys = openKeyStore(folder);
  const host = await createHost({ store, drafts, ...ports, keys, tokens: await loadBiscuitTokens() });
  const findings: string[] = [];
  for (const { id } of await host.listSessions()) {
    const replayed = await host.replay(id);
    if (!replayed.ok || !replayed.value.ok)
      findings.push(`${id} does not replay: ${JSON.stringify(replayed)}`);
    // Charges, receipts and facts are in the other streams exactly where the session says.
    const audited = await host.audit(id);
    if (!audited.ok || !audited.value.ok)
      findings.push(`${id} is not what authorities say: ${JSON.stringify(audited)}`);
  }
  return findings;
};

/**
 * Everything a kill must not have done to a data folder: lose what was
 * answered, leave half of a command, break a chain, keep a session that does
 * not replay to its own hashes. Only reads. Empty when all is well.
 */
export const checkFolder = async (
  folder: string,
  attempts: readonly Attempt[],
): Promise<readonly string[]> => {
  const opened = await openStore({ folder, readonly: true });
  if (!opened.ok) return [`the folder does not open: ${opened.error.kind}`];
  const { store } = opened;
  try {
    const entries = await allEntries(store);
    return [
      ...brokenChains(entries),
      ...halfApplied(entries),
      ...wrongEffects(entries, attempts),
      ...(await replays(store, folder)),
    ];
  } finally {
    await store.close();
  }
};

/** Whether the derived tables are the fold of the log. */
export const checkDerived = async (folder: string): Promise<readonly string[]> => {
  const opened = await openStore({ folder });
  if (!opened.ok) return [`the folder does not open: ${opened.error.kind}`];
  const { equal, different } = await opened.store.rebuild();
  await opened.store.close();
  return equal ? [] : [`derived tables differ: ${JSON.stringify(different)}`];
};
