import type { AppendUnit, LogStore } from "@parley/runtime/host";
import type { StoredEntry, StreamKind } from "@parley/wire";

const PAGE = 200;
const kinds: readonly StreamKind[] = ["workspace", "authority", "context", "session"];

const unitOf = ({ stream, entry, bytes, hash }: StoredEntry, kind: StreamKind): AppendUnit => ({
  appends: [{ stream, kind, expectedSeq: entry.seq - 1, entries: [{ seq: entry.seq, bytes, hash }] }],
});

/** Appends everything of one store to another, empty one, in commit order, one entry a unit. */
export const copyLog = async (from: LogStore, to: LogStore): Promise<void> => {
  const kindOf = new Map<string, StreamKind>();
  for (const kind of kinds) for (const { stream } of await from.streams(kind)) kindOf.set(stream, kind);
  for (let after = 0; ; after += PAGE) {
    const page = await from.readCommits(after, PAGE);
    const results = await to.append(
      page.map((stored) => unitOf(stored, kindOf.get(stored.stream) ?? "session")),
    );
    const failed = results.find((result) => !result.ok);
    if (failed !== undefined) throw new Error(JSON.stringify(failed));
    if (page.length < PAGE) return;
  }
};
