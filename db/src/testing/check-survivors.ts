import type { LogStore } from "@parley/runtime/host";
import { chainHash, type Hash, type StoredEntry } from "@parley/wire";

/** One answered unit, as a victim prints it. */
export interface AnsweredUnit {
  readonly key: string;
  readonly entries: readonly { readonly stream: string; readonly seq: number; readonly hash: Hash }[];
}

const PAGE = 1000;

const allEntries = async (store: LogStore): Promise<readonly StoredEntry[]> => {
  const all: StoredEntry[] = [];
  for (;;) {
    const page = await store.readCommits(all.at(-1)?.commit ?? 0, PAGE);
    all.push(...page);
    if (page.length < PAGE) return all;
  }
};

const place = (stream: string, seq: number): string => `${stream}/${seq}`;

const missingAnswers = (answered: readonly AnsweredUnit[], hashes: ReadonlyMap<string, string>) =>
  answered.flatMap(({ key, entries }) =>
    entries
      .filter(({ stream, seq, hash }) => hashes.get(place(stream, seq)) !== hash)
      .map(({ stream, seq }) => `answered ${key} lost ${place(stream, seq)}`),
  );

/** An entry with effects and the entries they name are one unit: all there under one key, or none. */
const halfApplied = (entries: readonly StoredEntry[]): readonly string[] => {
  const byPlace = new Map(entries.map((stored) => [place(stored.stream, stored.entry.seq), stored]));
  const caused = new Set<string>();
  const findings: string[] = [];
  for (const { stream, entry } of entries) {
    for (const effect of entry.effects) {
      const there = byPlace.get(place(effect.stream, effect.seq));
      caused.add(place(effect.stream, effect.seq));
      if (there === undefined || there.entry.key !== entry.key)
        findings.push(
          `${place(stream, entry.seq)} names ${place(effect.stream, effect.seq)}, which is not there`,
        );
    }
  }
  for (const { stream, entry } of entries)
    if (entry.input.kind === "device.added" && !caused.has(place(stream, entry.seq)))
      findings.push(`${place(stream, entry.seq)} is there without its cause`);
  return findings;
};

const lostKeys = async (store: LogStore, entries: readonly StoredEntry[]): Promise<readonly string[]> => {
  const last = new Map<string, number>();
  for (const { entry, commit } of entries) if (entry.key !== undefined) last.set(entry.key, commit);
  const findings: string[] = [];
  for (const [key, commit] of last)
    if ((await store.idempotency("operator", key))?.commit !== commit)
      findings.push(`the answer of ${key} is lost`);
  return findings;
};

/** Recomputes every hash from the entries as read, each stream from its first entry on. */
const brokenChains = (entries: readonly StoredEntry[]): readonly string[] => {
  const heads = new Map<string, Hash>();
  return entries.flatMap(({ stream, entry, bytes, hash }) => {
    const expected = chainHash(heads.get(stream) ?? "", bytes);
    heads.set(stream, hash);
    return expected === hash ? [] : [`the chain of ${stream} breaks at ${entry.seq}`];
  });
};

/**
 * Everything a kill must not have done to a store: lose what was answered,
 * break a chain, leave a gap in the commit numbers, apply half a unit, keep an
 * entry without its idempotency row. Empty when all is well.
 */
export const checkSurvivors = async (
  store: LogStore,
  answered: readonly AnsweredUnit[],
): Promise<readonly string[]> => {
  const entries = await allEntries(store);
  const hashes = new Map(entries.map(({ stream, entry, hash }) => [place(stream, entry.seq), hash]));
  return [
    ...missingAnswers(answered, hashes),
    ...halfApplied(entries),
    ...brokenChains(entries),
    ...(await lostKeys(store, entries)),
    ...entries
      .filter(({ commit }, index) => commit !== index + 1)
      .map(({ commit }) => `commit ${commit} is out of line`),
  ];
};
