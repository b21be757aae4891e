import { ed25519 } from "@noble/curves/ed25519.js";
import { hexToBytes } from "@noble/hashes/utils.js";
import type { PublicKey } from "@parley/wire";

/**
 * Whether `signature` (64 bytes) of `bytes` is by the key, by RFC 8032 (not the
 * lenient ZIP-215 reading). Pure; a malformed key or signature is `false`.
 */
export const verify = (key: PublicKey, bytes: Uint8Array, signature: Uint8Array): boolean => {
  if (!/^[0-9a-f]{64}$/.test(key) || signature.length !== 64) return false;
  try {
    return ed25519.verify(signature, bytes, hexToBytes(key), { zip215: false });
  } catch {
    return false;
  }
};
