import {
  chainHash,
  decodeCanonical,
  decodeEntry,
  encodeCanonical,
  type Hash,
  hashValue,
  type PinnedImport,
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
  /** The chain hash after each entry. */
  readonly hashes: readonly Hash[];
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
    /** What the text imports, if anything. */
    readonly imports?: readonly PinnedImport[];
  };
  readonly streams: readonly FileStream[];
}

/** Covers what no chain covers: names, the protocol's text, which streams there are. */
const digestOf = (file: SessionFile): Hash => hashValue("parley.session-file/1", file);

/** Canonical bytes of the file with its digest. */
export const encodeSessionFile = (file: SessionFile): Uint8Array =>
  encodeCanonical({ ...file, digest: digestOf(file) });

/** Whether the digest is that of the rest; asked last, so that a changed entry is named first. */
export const digestAgrees = ({ digest, ...file }: SessionFile & { readonly digest?: unknown }): boolean =>
  digest === digestOf(file);

const bad = (reason: string): { readonly ok: false; readonly error: HostError } =>
  refused({ code: "PAR7601", kind: "bad-export", reason });

const isStream = (value: unknown): value is FileStream => {
  const { stream, kind, entries, hashes } = (value ?? {}) as Partial<FileStream>;
  return (
    typeof stream === "string" &&
    typeof kind === "string" &&
    Array.isArray(entries) &&
    entries.every((entry) => entry instanceof Uint8Array) &&
    Array.isArray(hashes) &&
    hashes.length === entries.length
  );
};

const isImport = (value: unknown): value is PinnedImport => {
  const { module, protocol, version, source } = (value ?? {}) as Partial<PinnedImport>;
  return [module, protocol, version, source].every((part) => typeof part === "string");
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
  const { imports = [] } = protocol;
  if (!Array.isArray(imports) || !imports.every(isImport)) return bad("imports are malformed");
  if (!Array.isArray(file.streams) || !file.streams.every(isStream)) return bad("streams are malformed");
  return done(value as SessionFile);
};

/** An entry of a file with the chain hash its stream gives it. */
export type FileEntry = Pick<StoredEntry, "entry" | "bytes" | "hash">;

/** Whether a decoded entry has the shape of one; what it means is judged by folding it. */
const isEntry = ({ entry }: { readonly entry: Partial<FileEntry["entry"]> }): boolean =>
  typeof entry.seq === "number" &&
  typeof entry.at === "number" &&
  typeof entry.input?.kind === "string" &&
  typeof entry.actor?.id === "string" &&
  [entry.reads, entry.events, entry.effects].every(Array.isArray);

/** Decodes a stream's entries along its chain; the error names the first that is not the one it was. */
export const decodeStream = (stream: FileStream): Result<readonly FileEntry[]> => {
  const entries: FileEntry[] = [];
  let previous: Hash | "" = "";
  for (const [seq, bytes] of stream.entries.entries()) {
    const differs = (what: string) =>
      refused({ code: "PAR7602", kind: "export-differs", stream: stream.stream, seq, what });
    const hash = chainHash(previous, bytes);
    if (hash !== stream.hashes[seq]) return differs("chain");
    const read = decodeEntry(bytes);
    if (!read.ok) return differs(read.error.kind);
    if (!isEntry(read)) return differs("malformed");
    if (read.entry.seq !== seq) return differs("order");
    entries.push({ entry: read.entry, bytes, hash });
    previous = hash;
  }
  return done(entries);
};
