import { closeSync, openSync, readSync } from "node:fs";
import type { AppendEntry } from "@parley/runtime/host";
import type { Hash } from "@parley/wire";

const HASH_BYTES = 32;
const HEAD_BYTES = 4 + HASH_BYTES;
/** Read from the file at once, unless an entry is longer. */
const PIECE = 1 << 20;

/** Entries as a staged file holds them: length, hash, bytes. */
export const stagedBytes = (entries: readonly AppendEntry[]): Buffer =>
  Buffer.concat(
    entries.flatMap(({ bytes, hash }) => {
      const head = Buffer.alloc(HEAD_BYTES);
      head.writeUInt32LE(bytes.length, 0);
      head.write(hash, 4, "hex");
      return [head, bytes];
    }),
  );

/** The entries of a staged file, with little of it in memory at a time. */
export function* readStaged(path: string): Generator<{ readonly hash: Hash; readonly bytes: Uint8Array }> {
  const file = openSync(path, "r");
  let held: Buffer = Buffer.alloc(0);
  /** Whether that many bytes are held now. */
  const have = (count: number): boolean => {
    while (held.length < count) {
      const piece = Buffer.alloc(Math.max(PIECE, count - held.length));
      const read = readSync(file, piece);
      if (read === 0) return false;
      held = Buffer.concat([held, piece.subarray(0, read)]);
    }
    return true;
  };
  try {
    while (have(HEAD_BYTES)) {
      const size = held.readUInt32LE(0);
      const hash = held.toString("hex", 4, HEAD_BYTES);
      if (!have(HEAD_BYTES + size)) throw new Error(`${path} ends within an entry`);
      yield { hash, bytes: new Uint8Array(held.subarray(HEAD_BYTES, HEAD_BYTES + size)) };
      held = held.subarray(HEAD_BYTES + size);
    }
    if (held.length > 0) throw new Error(`${path} ends within an entry`);
  } finally {
    closeSync(file);
  }
}
