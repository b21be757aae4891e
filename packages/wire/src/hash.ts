import { blake3 } from "@noble/hashes/blake3.js";
import { bytesToHex, concatBytes, utf8ToBytes } from "@noble/hashes/utils.js";
import { encodeCanonical } from "./canonical.ts";

/** 64 lower-case hex digits: a BLAKE3-256 digest. */
export type Hash = string & { readonly __brand?: "Hash" };

/** BLAKE3 of raw bytes, as hex. */
export const hashBytes = (bytes: Uint8Array): Hash => bytesToHex(blake3(bytes));

/** BLAKE3 of UTF-8 text, as hex. */
export const hashText = (text: string): Hash => hashBytes(utf8ToBytes(text));

/**
 * BLAKE3 of `domain ‖ parts…`; the domain keeps hashes of different things apart.
 *
 * @example hashDomain("parley.entry/1", previous, bytes)
 */
export const hashDomain = (domain: string, ...parts: readonly Uint8Array[]): Hash =>
  hashBytes(concatBytes(utf8ToBytes(domain), ...parts));

/** BLAKE3 of `domain ‖ canonical bytes of value`. */
export const hashValue = (domain: string, value: unknown): Hash => hashDomain(domain, encodeCanonical(value));
