import { chainHash, ENTRY_VERSION, type Entry, encodeEntry, type Hash, type StreamKind } from "@parley/wire";
import type { StreamAppend } from "../host/ports.ts";

/** What a test says of an entry; the rest is filled in. */
export type EntryDraft = Pick<Entry, "input"> & Partial<Omit<Entry, "v" | "seq" | "input">>;

/** Makes well-formed, hash-chained appends to one stream, in order, without a machine. */
export interface ChainBuilder {
  readonly stream: string;
  /** The seq of the last entry made, -1 before the first. */
  seq(): number;
  /** The append that adds these entries to what was made before. */
  append(...drafts: readonly EntryDraft[]): StreamAppend;
}

const ZERO: Hash = "0".repeat(64);

/**
 * Starts a chain, or goes on with one whose head is known.
 *
 * @example const log = chainBuilder("a", "session"); store.append([{ appends: [log.append({ input: { kind: "close" } })] }])
 */
export const chainBuilder = (
  stream: string,
  kind: StreamKind,
  head: { readonly seq: number; readonly hash: Hash } = { seq: -1, hash: "" },
): ChainBuilder => {
  let { seq, hash } = head;
  return {
    stream,
    seq: () => seq,
    append: (...drafts) => {
      const expectedSeq = seq;
      const entries = drafts.map((draft) => {
        seq += 1;
        const entry: Entry = {
          v: ENTRY_VERSION,
          at: 1_000 + seq,
          actor: { kind: "operator", id: "operator" },
          reads: [],
          events: [],
          effects: [],
          protocolHash: ZERO,
          stateHash: ZERO,
          ...draft,
          seq,
        };
        const bytes = encodeEntry(entry);
        hash = chainHash(hash, bytes);
        return { seq, bytes, hash };
      });
      return { stream, kind, expectedSeq, entries };
    },
  };
};
