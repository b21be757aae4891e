import { blake3 } from "@noble/hashes/blake3.js";
import { bytesToHex, concatBytes, utf8ToBytes } from "@noble/hashes/utils.js";
import type { Hash } from "@parley/wire";
import { compareBytes } from "./compare-bytes.ts";

/** Ids that are 32 bytes, shown with their kind (spec/aura-state.md §1.2). */
export type HashIdKind = "channel" | "home" | "neighborhood";

/** A 32-byte id in hex, or why there is none. */
export type HashIdResult =
  | { readonly ok: true; readonly hash: Hash }
  | { readonly ok: false; readonly error: "InvalidStringLength" | "InvalidHex" };

/**
 * Reads `channel:<64 hex>`, with or without the prefix.
 *
 * @example parseHashId("home", "home:00").ok // false: InvalidStringLength
 */
export const parseHashId = (kind: HashIdKind, text: string): HashIdResult => {
  const hex = (text.startsWith(`${kind}:`) ? text.slice(kind.length + 1) : text).toLowerCase();
  if (hex.length !== 64) return { ok: false, error: "InvalidStringLength" };
  return /^[0-9a-f]*$/.test(hex) ? { ok: true, hash: hex } : { ok: false, error: "InvalidHex" };
};

/** How a 32-byte id is shown. */
export const showHashId = (kind: HashIdKind, hash: Hash): string => `${kind}:${hash}`;

/** `content:<hex>[:<size>]`. */
export const showContentId = (hash: Hash, size?: number): string =>
  size === undefined ? `content:${hash}` : `content:${hash}:${size}`;

/** `chunk:<hex>[:<sequence>]`. */
export const showChunkId = (hash: Hash, sequence?: number): string =>
  sequence === undefined ? `chunk:${hash}` : `chunk:${hash}:${sequence}`;

/** `consensus:<first 16 hex digits>`. */
export const showConsensusId = (hash: Hash): string => `consensus:${hash.slice(0, 16)}`;

const sorted = (ids: readonly Uint8Array[]): readonly Uint8Array[] => [...ids].sort(compareBytes);

const digest = (...parts: readonly Uint8Array[]): Uint8Array => blake3(concatBytes(...parts));

/** The relationship of two authorities, the same from both sides: `relationship-<hex>`. */
export const relationshipId = (a: Uint8Array, b: Uint8Array): string =>
  `relationship-${bytesToHex(digest(...sorted([a, b])))}`;

/** The relay between two devices (16 bytes each), the same from both sides. */
export const relayId = (a: Uint8Array, b: Uint8Array): Uint8Array =>
  digest(utf8ToBytes("AURA_RELAY_ID"), ...sorted([a, b]));

/** A threshold group of devices; their order does not matter. Throws a `RangeError` beyond 16 bits. */
export const groupId = (threshold: number, devices: readonly Uint8Array[]): Uint8Array => {
  if (!Number.isInteger(threshold) || threshold < 0 || threshold > 0xffff)
    throw new RangeError(`a threshold has 16 bits, not ${threshold}`);
  const little = Uint8Array.of(threshold & 0xff, threshold >> 8);
  return digest(utf8ToBytes("AURA_GROUP_ID"), little, ...sorted(devices));
};

/** What a message belongs to; the three exclude each other. */
export type MessageContext =
  | { readonly kind: "relay"; readonly id: Uint8Array }
  | { readonly kind: "group"; readonly id: Uint8Array }
  /** A derived key: an app's label and a 32-byte fingerprint. */
  | { readonly kind: "dkd"; readonly label: string; readonly fingerprint: Uint8Array };

/** `relay:<hex>`, `group:<hex>` or `dkd:<label>:<hex>`. */
export const showMessageContext = (context: MessageContext): string =>
  context.kind === "dkd"
    ? `dkd:${context.label}:${bytesToHex(context.fingerprint)}`
    : `${context.kind}:${bytesToHex(context.id)}`;

/** The hash of a message's context; two are compatible iff theirs are equal. */
export const messageContextHash = (context: MessageContext): Hash => {
  const parts =
    context.kind === "dkd"
      ? [utf8ToBytes("DKD"), utf8ToBytes(context.label), context.fingerprint]
      : [utf8ToBytes(context.kind.toUpperCase()), context.id];
  return bytesToHex(digest(...parts));
};
