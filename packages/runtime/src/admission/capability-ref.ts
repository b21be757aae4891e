import { hashText } from "@parley/wire";

/** Hex digits of a reference: eight bytes. */
const DIGITS = 16;

/**
 * How an engine's errors name a capability: the first eight bytes of the
 * BLAKE3 of its key, in hex (spec/aura-runtime.md §1).
 *
 * @example capabilityRef("byzantine_envelope") // 16 hex digits
 */
export const capabilityRef = (key: string): string => hashText(key).slice(0, DIGITS);
