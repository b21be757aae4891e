import { blake3 } from "@noble/hashes/blake3.js";
import { bytesToHex, concatBytes, hexToBytes, utf8ToBytes } from "@noble/hashes/utils.js";

/** A UUID with or without hyphens' canonical places; case does not matter. */
const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** Prefixes that a UUID-backed id may be shown with (spec/aura-state.md §1.1). */
const prefixes = ["authority-", "context-", "session-", "event-", "operation-"] as const;

/** The 16 bytes of a hyphenated UUID; nothing for any other text. */
export const uuidBytes = (text: string): Uint8Array | undefined =>
  uuid.test(text) ? hexToBytes(text.replaceAll("-", "").toLowerCase()) : undefined;

/**
 * 16 bytes as a hyphenated lower-case UUID; version and variant bits are left
 * as they are. Throws a `RangeError` for another length.
 */
export const uuidText = (bytes: Uint8Array): string => {
  if (bytes.length !== 16) throw new RangeError(`a UUID has 16 bytes, not ${bytes.length}`);
  const hex = bytesToHex(bytes);
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
};

/**
 * The 16 bytes an id has in hashed and signed material: of a UUID, bare or with
 * the prefix of its type, its own; of any other id of Parley (`ada`,
 * `ctx:s-1`) the first 16 of BLAKE3("parley.id/1" ‖ UTF-8).
 *
 * @example idBytes("context-00000000-0000-0000-0000-000000000001")[15] // 1
 */
export const idBytes = (id: string): Uint8Array => {
  const prefix = prefixes.find((one) => id.startsWith(one)) ?? "";
  const own = uuidBytes(id.slice(prefix.length));
  return own ?? blake3(concatBytes(utf8ToBytes("parley.id/1"), utf8ToBytes(id))).slice(0, 16);
};
