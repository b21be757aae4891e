import {
  closeSync,
  fstatSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  writeFileSync,
} from "node:fs";
import { dirname } from "node:path";
import { blake3 } from "@noble/hashes/blake3.js";
import { KeyStoreError } from "@parley/runtime/identity";
import { decodeCanonical, encodeCanonical } from "@parley/wire";

/** What the file of keys holds: 32-byte seeds by key name, other secrets by theirs. */
export interface KeyFileContent {
  readonly keys: ReadonlyMap<string, Uint8Array>;
  readonly secrets: ReadonlyMap<string, Uint8Array>;
}

const version = 1;
const magic = Buffer.from("parley.keys\n");
const header = magic.length + 32;

const damaged = (file: string, detail: string): KeyStoreError =>
  new KeyStoreError({ code: "damaged", file, detail }, `the key file ${file} is damaged: ${detail}`);

const refuseWideMode = (file: string, descriptor: number): void => {
  const mode = fstatSync(descriptor).mode & 0o777;
  // Windows knows no such modes.
  if (process.platform === "win32" || (mode & 0o077) === 0) return;
  throw new KeyStoreError(
    { code: "wide-mode", file, mode },
    `the key file ${file} may be read by others (mode ${mode.toString(8)}); set it to 600`,
  );
};

const byName = (value: unknown, size?: number): ReadonlyMap<string, Uint8Array> | undefined => {
  if (typeof value !== "object" || value === null) return undefined;
  const entries = Object.entries(value);
  const whole = entries.every(
    ([, bytes]) => bytes instanceof Uint8Array && (size === undefined || bytes.length === size),
  );
  return whole ? new Map(entries) : undefined;
};

const parse = (file: string, raw: Buffer): KeyFileContent => {
  const body = raw.subarray(header);
  if (raw.length < header || !raw.subarray(0, magic.length).equals(magic))
    throw damaged(file, "it does not begin like one");
  if (!Buffer.from(blake3(body)).equals(raw.subarray(magic.length, header)))
    throw damaged(file, "its checksum is of other bytes");
  const content = decodeCanonical(body) as { v?: unknown; keys?: unknown; secrets?: unknown };
  if (content.v !== version)
    throw new KeyStoreError(
      { code: "unknown-version", file, version: Number(content.v) },
      `the key file ${file} was written by another version of Parley`,
    );
  const keys = byName(content.keys, 32);
  const secrets = byName(content.secrets);
  if (!keys || !secrets) throw damaged(file, "it holds something else than keys");
  return { keys, secrets };
};

/**
 * Reads the file; none gives an empty store. Throws `KeyStoreError` for a file
 * that others may read, or that is not what was written.
 */
export const readKeyFile = (file: string): KeyFileContent => {
  let descriptor: number;
  try {
    descriptor = openSync(file, "r");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return { keys: new Map(), secrets: new Map() };
    throw error;
  }
  try {
    refuseWideMode(file, descriptor);
    return parse(file, readFileSync(descriptor));
  } finally {
    closeSync(descriptor);
  }
};

const synced = (path: string, flags: string, write?: (descriptor: number) => void): void => {
  const descriptor = openSync(path, flags, 0o600);
  try {
    write?.(descriptor);
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
};

/**
 * Replaces the file as a whole, mode 0600, and returns when it is on disk: the
 * new file is synced, put in place, and its folder synced.
 */
export const writeKeyFile = (file: string, content: KeyFileContent): void => {
  const body = encodeCanonical({
    v: version,
    keys: Object.fromEntries(content.keys),
    secrets: Object.fromEntries(content.secrets),
  });
  mkdirSync(dirname(file), { recursive: true });
  const draft = `${file}.new`;
  synced(draft, "w", (descriptor) => writeFileSync(descriptor, Buffer.concat([magic, blake3(body), body])));
  renameSync(draft, file);
  if (process.platform !== "win32") synced(dirname(file), "r");
};
