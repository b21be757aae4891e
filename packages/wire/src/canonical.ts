import { decode, encode } from "cborg";

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

/** Floats would have many encodings; a value that holds one is a bug of the caller. */
const refuseFloat = (value: number): null => {
  if (!Number.isSafeInteger(value)) throw new RangeError(`canonical bytes hold no number like ${value}`);
  // The encoder's own integer form.
  return null;
};

const encodeOptions = {
  float64: false,
  ignoreUndefinedProperties: true,
  typeEncoders: { number: refuseFloat },
} as const;

/**
 * The one byte form of a value: CBOR with definite lengths and map keys in
 * cborg's length-first order. Properties that are `undefined` are left out.
 * Throws a `RangeError` at a float. Everything hashed or signed goes through
 * here (model §1.3).
 *
 * @example encodeCanonical({ b: 1, a: 2 }) // equal to encodeCanonical({ a: 2, b: 1 })
 */
export const encodeCanonical = (value: unknown): Uint8Array => encode(value, encodeOptions);

/** Reads canonical bytes; throws on anything that is not one complete, strict CBOR item. */
export const decodeCanonical = (bytes: Uint8Array): unknown =>
  decode(bytes, { strict: true, rejectDuplicateMapKeys: true, allowUndefined: false });
