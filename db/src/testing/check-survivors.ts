import type { LogStore } from "@parley/runtime/host";
import type { Hash, StoredEntry } from "@parley/wire";
import { verifyChain } from "../verify-chain.ts";

/** One answered unit, as a victim prints it. */
export interface AnsweredUnit {
  readonly key: string;
  readonly entries: readonly { readonly stream: string; readonly seq: number; readonly hash: Hash }[];
}

const KINDS = ["session", "authority", "context", "workspace"] as const;
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
  const findings = [
    ...missingAnswers(answered, hashes),
    ...halfApplied(entries),
    ...(await lostKeys(store, entries)),
    ...entries
      .filter(({ commit }, index) => commit !== index + 1)
      .map(({ commit }) => `commit ${commit} is out of line`),
  ];
  for (const kind of KINDS) {
    for (const { stream } of await store.streams(kind)) {
      const verdict = await verifyChain(store, stream);
      if (!verdict.ok) findings.push(`the chain of ${stream} breaks at ${verdict.seq}: ${verdict.why}`);
    }
  }
  return findings;
};
