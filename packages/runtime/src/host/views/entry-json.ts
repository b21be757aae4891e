import type { StoredEntry } from "@parley/wire";
import type { EntryJson } from "@parley/wire/http";
import { recordsToJson, recordToJson } from "../commands/values.ts";

/** An entry as JSON; `offset` is added to its seq, so that a fork's own entries carry their position. */
export const entryToJson = (stored: StoredEntry, offset = 0): EntryJson => {
  const { entry, hash, commit } = stored;
  const { actor } = entry;
  return {
    seq: entry.seq + offset,
    at: entry.at,
    commit,
    hash,
    actor: { kind: actor.kind, id: actor.id, ...(actor.for === undefined ? {} : { for: actor.for }) },
    input: recordToJson(entry.input) as EntryJson["input"],
    ...(entry.rounds === undefined ? {} : { rounds: entry.rounds }),
    reads: recordsToJson(entry.reads),
    events: recordsToJson(entry.events),
    effects: entry.effects.map(({ stream, seq }) => ({ stream, seq })),
    protocolHash: entry.protocolHash,
    stateHash: entry.stateHash,
  };
};
