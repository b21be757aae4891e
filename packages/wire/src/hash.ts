import { concatBytes, utf8ToBytes } from "@noble/hashes/utils.js";
import { blake3Hex } from "./blake3.ts";
import { encodeCanonical } from "./canonical.ts";

/** 64 lower-case hex digits: a BLAKE3-256 digest. */
export type Hash = string & { readonly __brand?: "Hash" };

/** BLAKE3 of raw bytes, as hex. */
export const hashBytes = (bytes: Uint8Array): Hash => blake3Hex(bytes);

// Most texts are short and plain; they need no bytes of their own.
const scratch = new Uint8Array(4096);

/** BLAKE3 of UTF-8 text, as hex. */
export const hashText = (text: string): Hash => {
  const { length } = text;
  if (length > scratch.length) return hashBytes(utf8ToBytes(text));
  for (let i = 0; i < length; i++) {
    const code = text.charCodeAt(i);
    if (code >= 0x80) return hashBytes(utf8ToBytes(text));
    scratch[i] = code;
  }
  return hashBytes(scratch.subarray(0, length));
};

/**
 * BLAKE3 of `domain ‖ parts…`; the domain keeps hashes of different things apart.
 *
 * @example hashDomain("parley.entry/1", previous, bytes)
 */
export const hashDomain = (domain: string, ...parts: readonly Uint8Array[]): Hash =>
  hashBytes(concatBytes(utf8ToBytes(domain), ...parts));

/** BLAKE3 of `domain ‖ canonical bytes of value`. */
export const hashValue = (domain: string, value: unknown): Hash => hashDomain(domain, encodeCanonical(value));
