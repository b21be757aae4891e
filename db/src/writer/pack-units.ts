import type { AppendUnit } from "@parley/runtime/host";
import { stagedFiles } from "../stage/file-stage.ts";
import type { PackedUnit } from "./writer-message.ts";

/** The bytes of many entries, gathered into one buffer that is handed over instead of copied. */
export interface Packer {
  pack(units: readonly AppendUnit[]): readonly PackedUnit[];
  take(): ArrayBuffer;
}

/**
 * Entry bytes are often views into a large shared buffer, and posting a view
 * clones the whole of it; so each batch is packed into a buffer of its own.
 */
export const packer = (): Packer => {
  const parts: Uint8Array[] = [];
  let size = 0;
  const place = (bytes: Uint8Array) => {
    const offset = size;
    parts.push(bytes);
    size += bytes.length;
    return { offset, length: bytes.length };
  };
  return {
    pack: (units) =>
      units.map(({ appends, idempotency, staged }) => ({
        appends: appends.map(({ stream, kind, expectedSeq, entries }) => ({
          stream,
          kind,
          expectedSeq,
          entries: entries.map(({ seq, bytes, hash }) => ({ seq, hash, ...place(bytes) })),
        })),
        ...(idempotency === undefined ? {} : { idempotency }),
        ...(staged === undefined ? {} : { staged: stagedFiles(staged) }),
      })),
    take: () => {
      const all = new Uint8Array(size);
      let offset = 0;
      for (const part of parts) {
        all.set(part, offset);
        offset += part.length;
      }
      return all.buffer;
    },
  };
};
