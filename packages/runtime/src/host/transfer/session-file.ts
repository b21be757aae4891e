import {
  chainHash,
  decodeCanonical,
  decodeEntry,
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

/** What the digest of a file is taken over, before the canonical bytes of the rest of it. */
export const DIGEST_DOMAIN = "parley.session-file/1";

/** Covers what no chain covers: names, the protocol's text, which streams there are. */
const digestOf = (file: SessionFile): Hash => hashValue(DIGEST_DOMAIN, file);

/** Whether the digest is that of the rest; asked last, so that a changed entry is named first. */
export const digestAgrees = ({ digest, ...file }: SessionFile & { readonly digest?: unknown }): boolean =>
  digest === digestOf(file);

/** The refusal of what is no session file. */
export const badFile = (reason: string): { readonly ok: false; readonly error: HostError } =>
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

/** What is wrong with what a file says of its protocol. */
export const protocolFault = (value: unknown): string | undefined => {
  const { id, name, version, source, imports = [] } = (value ?? {}) as Partial<SessionFile["protocol"]>;
  if (![id, name, version, source].every((part) => typeof part === "string")) return "protocol is missing";
  return Array.isArray(imports) && imports.every(isImport) ? undefined : "imports are malformed";
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
    return badFile("not canonical bytes");
  }
  if (value === null || typeof value !== "object" || Array.isArray(value)) return badFile("not a map");
  const file = value as Partial<SessionFile>;
  if (file.format !== SESSION_FILE) return badFile(`format ${String(file.format)} is not known`);
  const wrong = protocolFault(file.protocol);
  if (typeof file.session !== "string" || wrong !== undefined) return badFile(wrong ?? "session is missing");
  if (!Array.isArray(file.streams) || !file.streams.every(isStream)) return badFile("streams are malformed");
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

/** Reads the entry at `seq` of a file's stream along its chain. */
export const readFileEntry = (
  stream: string,
  at: { readonly seq: number; readonly previous: Hash | ""; readonly hash: Hash | undefined },
  bytes: Uint8Array,
): Result<FileEntry> => {
  const { seq } = at;
  const differs = (what: string) => refused({ code: "PAR7602", kind: "export-differs", stream, seq, what });
  const hash = chainHash(at.previous, bytes);
  if (hash !== at.hash) return differs("chain");
  const read = decodeEntry(bytes);
  if (!read.ok) return differs(read.error.kind);
  if (!isEntry(read)) return differs("malformed");
  return read.entry.seq === seq ? done({ entry: read.entry, bytes, hash }) : differs("order");
};
