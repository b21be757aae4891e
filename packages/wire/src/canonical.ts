import { ByteSink } from "./canonical/byte-sink.ts";
import { readValue } from "./canonical/read.ts";
import { writeValue } from "./canonical/write.ts";

/** What canonical bytes can hold: no floats, no `undefined`, integers within ±2^53 (bigint beyond, up to 64 bits). */
export type Canonical =
  | null
  | boolean
  | number
  | bigint
  | string
  | Uint8Array
  | readonly Canonical[]
  | { readonly [key: string]: Canonical | undefined };

const sink = new ByteSink();

/**
 * The one byte form of a value: CBOR with definite lengths, shortest heads, and
 * map keys by length first, then byte by byte. Properties that are `undefined`
 * are left out. Throws a `RangeError` at a float. Everything hashed or signed
 * goes through here (model §1.3).
 *
 * @example encodeCanonical({ b: 1, a: 2 }) // equal to encodeCanonical({ a: 2, b: 1 })
 */
export const encodeCanonical = (value: unknown): Uint8Array => {
  sink.reset();
  writeValue(sink, value);
  return sink.view().slice();
};

/** Reads canonical bytes; throws a `RangeError` on anything that is not one complete item in its one form. */
export const decodeCanonical = (bytes: Uint8Array): unknown => readValue(bytes);
