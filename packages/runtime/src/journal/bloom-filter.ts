import { blake3 } from "@noble/hashes/blake3.js";

/** A filter has at most this many bits. */
export const bloomBitLimit = 1_048_576;

/** How many bits and hashes a filter has, and for how many elements it was made. */
export interface BloomShape {
  readonly expected: number;
  readonly bits: number;
  readonly hashes: number;
}

/** A set that may say yes to what it does not hold, never no to what it does. Bit `i` is bit `i % 8` of byte `i / 8`. */
export interface BloomFilter extends BloomShape {
  readonly bytes: Uint8Array;
  readonly count: number;
}

/** Why there is no such filter. */
export type BloomError =
  | { readonly code: "PAR7714"; readonly error: "no-elements-expected" }
  | { readonly code: "PAR7715"; readonly error: "bad-filter"; readonly why: string };

/**
 * The shape for `expected` elements at an error rate between 1e-5 and 0.99999:
 * m = max(64, ⌈−n·ln p / ln²2⌉), k = round(m/n·ln 2) between 1 and 32
 * (spec/aura-state.md §22). Error: `PAR7714` for no elements.
 *
 * @example optimalBloom(10_000, 0.01) // 95,851 bits, 7 hashes
 */
export const optimalBloom = (
  expected: number,
  rate: number,
): { readonly ok: true; readonly shape: BloomShape } | { readonly ok: false; readonly error: BloomError } => {
  if (!Number.isSafeInteger(expected) || expected < 1)
    return { ok: false, error: { code: "PAR7714", error: "no-elements-expected" } };
  const p = Math.min(0.99999, Math.max(1e-5, rate));
  const bits = Math.max(64, Math.ceil((-expected * Math.log(p)) / Math.LN2 ** 2));
  const hashes = Math.min(32, Math.max(1, Math.round((bits / expected) * Math.LN2)));
  return { ok: true, shape: { expected, bits, hashes } };
};

/** The shape for ids below parts of a tree, of any number: what would be larger than the limit gets a higher rate. */
export const bloomWithin = (expected: number, rate: number): BloomShape => {
  const wanted = optimalBloom(Math.max(1, expected), rate);
  if (wanted.ok && wanted.shape.bits <= bloomBitLimit) return wanted.shape;
  const hashes = Math.max(1, Math.round((bloomBitLimit / expected) * Math.LN2));
  return { expected, bits: bloomBitLimit, hashes };
};

/** Shapes by use. */
export const bloomPresets = {
  default: { expected: 10_000, rate: 0.01 },
  oplogSync: { expected: 1_000, rate: 0.01 },
  peerDiscovery: { expected: 100, rate: 0.001 },
  chunkDedup: { expected: 10_000, rate: 0.005 },
} as const;

/** Where an element falls: the first eight bytes of H(i as 8 bytes ‖ element), all little-endian, mod m. */
function* places(shape: BloomShape, element: Uint8Array): Generator<number> {
  const input = new Uint8Array(8 + element.length);
  input.set(element, 8);
  const scale = 2 ** 32 % shape.bits;
  for (let i = 0; i < shape.hashes; i += 1) {
    input[0] = i;
    const digest = blake3(input);
    const view = new DataView(digest.buffer, digest.byteOffset);
    const [low, high] = [view.getUint32(0, true), view.getUint32(4, true)];
    yield ((high % shape.bits) * scale + low) % shape.bits;
  }
}

/** The filter that holds these elements. */
export const bloomOf = (shape: BloomShape, elements: Iterable<Uint8Array>): BloomFilter => {
  const bytes = new Uint8Array(Math.ceil(shape.bits / 8));
  let count = 0;
  for (const element of elements) {
    count += 1;
    for (const bit of places(shape, element)) bytes[bit >> 3] = (bytes[bit >> 3] ?? 0) | (1 << (bit & 7));
  }
  return { ...shape, bytes, count };
};

/** False: surely not in it. True: in it, or one of the errors of the stated rate. */
export const bloomHas = (filter: BloomFilter, element: Uint8Array): boolean => {
  for (const bit of places(filter, element))
    if (((filter.bytes[bit >> 3] ?? 0) & (1 << (bit & 7))) === 0) return false;
  return true;
};

/** The rate of wrong yeses to expect with what it holds: (1 − e^(−kn/m))^k. */
export const bloomRate = ({ bits, hashes, count }: BloomFilter): number =>
  (1 - Math.exp((-hashes * count) / bits)) ** hashes;

/** Whether a filter has outgrown its shape and is to be made anew. */
export const bloomOutgrown = (filter: BloomFilter, rate: number): boolean =>
  filter.count > 2 * filter.expected || bloomRate(filter) > 2 * rate;

const natural = (value: unknown): boolean => Number.isSafeInteger(value) && Number(value) >= 0;

const whyBad = ({ bits, hashes, bytes, count, expected }: BloomFilter): string | undefined => {
  if (![bits, hashes, count, expected].every(natural) || !(bytes instanceof Uint8Array))
    return "a field is missing";
  if (bits < 64 || bits > bloomBitLimit) return `a filter has 64 to ${bloomBitLimit} bits`;
  if (hashes < 1 || hashes > 32) return "a filter has 1 to 32 hashes";
  if (bytes.length !== Math.ceil(bits / 8)) return "the bytes are not those of its bits";
  return count > 2 * expected ? "it holds more than twice what it was made for" : undefined;
};

/** What is wrong with a filter from outside; undefined for a good one. */
export const bloomFault = (filter: BloomFilter): BloomError | undefined => {
  const why = whyBad(filter);
  return why === undefined ? undefined : { code: "PAR7715", error: "bad-filter", why };
};
