import {
  decodeCanonical,
  decodeEntry,
  encodeCanonical,
  type Hash,
  type StoredEntry,
  type StreamKind,
} from "@parley/wire";
import { done, type HostError, type Result, refused } from "../host-error.ts";

/** The format of an exported session; another one is refused. */
export const SESSION_FILE = "parley.session/1";

/** Bytes a file may have (model §7). */
export const MAX_IMPORT = 268_435_456;

/** One stream of the file, from its entry 0: the session, its parents up to where they were forked, its contexts. */
export interface FileStream {
  readonly stream: string;
  readonly kind: StreamKind;
  readonly entries: readonly Uint8Array[];
  /** Chain hash after the last entry; the others follow from it. */
  readonly head: Hash;
}

/** An exported session. `streams` holds the oldest ancestor first and the session last, contexts after it. */
export interface SessionFile {
  readonly format: typeof SESSION_FILE;
  readonly session: string;
  readonly protocol: {
    readonly id: string;
    readonly name: string;
    readonly version: Hash;
    readonly source: string;
  };
  readonly streams: readonly FileStream[];
}

export const encodeSessionFile = (file: SessionFile): Uint8Array => encodeCanonical(file);

const bad = (reason: string): { readonly ok: false; readonly error: HostError } =>
  refused({ code: "PAR7601", kind: "bad-export", reason });

const isStream = (value: unknown): value is FileStream => {
  const { stream, kind, entries, head } = (value ?? {}) as Partial<FileStream>;
  return (
    typeof stream === "string" &&
    typeof kind === "string" &&
    typeof head === "string" &&
    Array.isArray(entries) &&
    entries.every((entry) => entry instanceof Uint8Array)
  );
};

/** Reads a file's shape; what its entries say is judged by replaying them. */
export const decodeSessionFile = (bytes: Uint8Array): Result<SessionFile> => {
  if (bytes.length > MAX_IMPORT)
    return refused({
      code: "PAR7301",
      kind: "too-large",
      limit: "import bytes",
      max: MAX_IMPORT,
      size: bytes.length,
    });
  let value: unknown;
  try {
    value = decodeCanonical(bytes);
  } catch {
    return bad("not canonical bytes");
  }
  if (value === null || typeof value !== "object" || Array.isArray(value)) return bad("not a map");
  const file = value as Partial<SessionFile>;
  if (file.format !== SESSION_FILE) return bad(`format ${String(file.format)} is not known`);
  const { protocol } = file;
  const named =
    typeof protocol?.id === "string" &&
    typeof protocol.name === "string" &&
    typeof protocol.version === "string" &&
    typeof protocol.source === "string";
  if (typeof file.session !== "string" || !named) return bad("session or protocol is missing");
  if (!Array.isArray(file.streams) || !file.streams.every(isStream)) return bad("streams are malformed");
  return done(value as SessionFile);
};

/** An entry of a file with the chain hash its stream gives it. */
export type FileEntry = Pick<StoredEntry, "entry" | "bytes" | "hash">;

/** Decodes a stream's entries; the error names the first that cannot be read. */
export const decodeStream = (
  stream: FileStream,
  chain: (previous: Hash | "", bytes: Uint8Array) => Hash,
): Result<readonly FileEntry[]> => {
  const entries: FileEntry[] = [];
  let previous: Hash | "" = "";
  for (const [seq, bytes] of stream.entries.entries()) {
    const read = decodeEntry(bytes);
    if (!read.ok) {
      const what = read.error.kind;
      return refused({ code: "PAR7602", kind: "export-differs", stream: stream.stream, seq, what });
    }
    previous = chain(previous, bytes);
    entries.push({ entry: read.entry, bytes, hash: previous });
  }
  return done(entries);
};
