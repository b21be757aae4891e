import { decodeCanonical, encodeCanonical } from "./canonical.ts";
import { scanCanonical } from "./scan-canonical.ts";

/**
 * Why bytes are refused: `DagCbor` when they are no CBOR item at all,
 * `InvalidFormat` when they are one that canonical bytes may not hold, or not
 * in its one form (spec/aura-state.md §2). `at` is the offset in bytes.
 */
export interface CanonicalError {
  readonly code: "DagCbor" | "InvalidFormat";
  readonly detail: string;
  readonly at: number;
}

/** A value, or why the bytes hold none. */
export type CanonicalResult =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly error: CanonicalError };

const read = (bytes: Uint8Array): CanonicalResult => {
  const error = scanCanonical(bytes);
  if (error) return { ok: false, error };
  try {
    return { ok: true, value: decodeCanonical(bytes) };
  } catch (thrown) {
    const detail = thrown instanceof Error ? thrown.message : "not CBOR";
    return { ok: false, error: { code: "DagCbor", detail, at: 0 } };
  }
};

const sameBytes = (a: Uint8Array, b: Uint8Array): boolean =>
  a.length === b.length && a.every((byte, at) => byte === b[at]);

/**
 * Reads bytes from outside: only if they are the canonical bytes of what they
 * hold, which is written again and compared. Floats, tags, other simple
 * values, indefinite lengths, longer integers than needed, keys twice or out
 * of order, trailing bytes: each is `InvalidFormat`.
 *
 * @example decodeStrict(hexToBytes("fb3ff0000000000000")).ok // false: a float
 */
export const decodeStrict = (bytes: Uint8Array): CanonicalResult => {
  const decoded = read(bytes);
  if (!decoded.ok) return decoded;
  try {
    if (sameBytes(encodeCanonical(decoded.value), bytes)) return decoded;
  } catch {
    // What cannot be written has no canonical form either.
  }
  return { ok: false, error: { code: "InvalidFormat", detail: "Non-canonical bytes", at: 0 } };
};

/** Reads bytes we wrote ourselves: the same checks, without writing them again. */
export const decodeTrusted = read;
