import { decodeCanonical, encodeCanonical } from "@parley/wire";
import { compareBytes } from "./byte-order.ts";

/** Bytes that are no CBOR at all, or CBOR in another form than the one canonical one. */
export interface CanonicalFault {
  readonly kind: "malformed" | "not-canonical";
  readonly why: string;
}

export type CanonicalRead =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly fault: CanonicalFault };

const message = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/**
 * Reads bytes only if they are the one canonical form of their value: a float,
 * a tag, a trailing byte, keys in another order or a longer form of a number
 * are all refused (spec/aura-state.md §2).
 */
export const readCanonical = (bytes: Uint8Array): CanonicalRead => {
  let value: unknown;
  try {
    value = decodeCanonical(bytes);
  } catch (error) {
    return { ok: false, fault: { kind: "malformed", why: message(error) } };
  }
  try {
    if (compareBytes(encodeCanonical(value), bytes) === 0) return { ok: true, value };
    return { ok: false, fault: { kind: "not-canonical", why: "the same value has another canonical form" } };
  } catch (error) {
    return { ok: false, fault: { kind: "not-canonical", why: message(error) } };
  }
};
