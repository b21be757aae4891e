import { decode } from "cborg";
import { encodeCbor } from "./encode-cbor.ts";

/** What canonical bytes can hold: no floats, no `undefined`, integers within ±2^53 (bigint beyond). */
export type Canonical =
  | null
  | boolean
  | number
  | bigint
  | string
  | Uint8Array
  | readonly Canonical[]
  | { readonly [key: string]: Canonical | undefined };

/**
 * The one byte form of a value: CBOR with definite lengths and map keys in
 * length-first order. Properties that are `undefined` are left out. Throws a
 * `RangeError` at a float: floats would have many encodings, and a value that
 * holds one is a bug of the caller. Everything hashed or signed goes through
 * here (model §1.3).
 *
 * @example encodeCanonical({ b: 1, a: 2 }) // equal to encodeCanonical({ a: 2, b: 1 })
 */
export const encodeCanonical = (value: unknown): Uint8Array => encodeCbor(value);

/** Reads canonical bytes; throws on anything that is not one complete, strict CBOR item. */
export const decodeCanonical = (bytes: Uint8Array): unknown =>
  decode(bytes, { strict: true, rejectDuplicateMapKeys: true, allowUndefined: false });
