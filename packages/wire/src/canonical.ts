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

const encodeOptions = { float64: false, ignoreUndefinedProperties: true } as const;

/**
 * The one byte form of a value: CBOR with definite lengths and map keys in
 * cborg's length-first order. Properties that are `undefined` are left out.
 * Everything hashed or signed goes through here (model §1.3).
 *
 * @example encodeCanonical({ b: 1, a: 2 }) // equal to encodeCanonical({ a: 2, b: 1 })
 */
export const encodeCanonical = (value: unknown): Uint8Array => encode(assertNoFloat(value), encodeOptions);

/** Reads canonical bytes; throws on anything that is not one complete, strict CBOR item. */
export const decodeCanonical = (bytes: Uint8Array): unknown =>
  decode(bytes, { strict: true, rejectDuplicateMapKeys: true, allowUndefined: false });

/** Floats would have many encodings; a value that holds one is a bug of the caller. */
const assertNoFloat = (value: unknown): unknown => {
  if (typeof value === "number" && !Number.isSafeInteger(value)) {
    throw new RangeError(`canonical bytes hold no number like ${value}`);
  }
  if (Array.isArray(value)) value.forEach(assertNoFloat);
  else if (value !== null && typeof value === "object" && !(value instanceof Uint8Array)) {
    for (const key in value) assertNoFloat((value as Record<string, unknown>)[key]);
  }
  return value;
};
