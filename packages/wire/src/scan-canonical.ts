import type { CanonicalError } from "./strict-canonical.ts";

/** Deeper values are refused: reading them would take the stack. */
export const CANONICAL_DEPTH = 256;

/** Thrown inside one scan and caught at its end. */
class Refusal extends Error {
  readonly error: CanonicalError;

  constructor(error: CanonicalError) {
    super(error.detail);
    this.error = error;
  }
}

const compare = (a: Uint8Array, b: Uint8Array): number => {
  if (a.length !== b.length) return a.length - b.length;
  for (const [at, byte] of a.entries()) {
    const other = b[at] ?? 0;
    if (byte !== other) return byte - other;
  }
  return 0;
};

class Scan {
  readonly #bytes: Uint8Array;
  at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  #refuse(code: CanonicalError["code"], detail: string, at = this.at): never {
    throw new Refusal({ code, detail, at });
  }

  #byte(): number {
    const byte = this.#bytes[this.at];
    if (byte === undefined) this.#refuse("DagCbor", "the bytes end inside an item");
    this.at += 1;
    return byte;
  }

  /** The argument of a head, in its shortest form. */
  #argument(info: number, start: number): bigint {
    if (info < 24) return BigInt(info);
    if (info === 31) this.#refuse("InvalidFormat", "Non-canonical: an indefinite length", start);
    if (info > 27) this.#refuse("DagCbor", `a reserved form ${info}`, start);
    const size = 1 << (info - 24);
    let value = 0n;
    for (let index = 0; index < size; index += 1) value = (value << 8n) | BigInt(this.#byte());
    const least = size === 1 ? 24n : 1n << BigInt(size * 4);
    if (value < least) this.#refuse("InvalidFormat", "Non-canonical: a longer integer than needed", start);
    return value;
  }

  #skip(count: bigint): void {
    if (count > BigInt(this.#bytes.length - this.at)) this.#refuse("DagCbor", "the bytes end inside an item");
    this.at += Number(count);
  }

  #map(count: bigint, depth: number): void {
    let before: Uint8Array | undefined;
    for (let index = 0n; index < count; index += 1n) {
      const start = this.at;
      if ((this.#bytes[start] ?? 0) >> 5 !== 3 && start < this.#bytes.length)
        this.#refuse("InvalidFormat", "a key of a map is text");
      this.item(depth);
      const key = this.#bytes.subarray(start, this.at);
      const order = before === undefined ? -1 : compare(before, key);
      if (order === 0) this.#refuse("InvalidFormat", "a map names a key twice", start);
      if (order > 0) this.#refuse("InvalidFormat", "Non-canonical: keys are out of order", start);
      before = key;
      this.item(depth);
    }
  }

  /** Passes over one item. */
  item(depth: number): void {
    if (depth > CANONICAL_DEPTH) this.#refuse("InvalidFormat", `nested deeper than ${CANONICAL_DEPTH}`);
    const start = this.at;
    const head = this.#byte();
    const [major, info] = [head >> 5, head & 31];
    if (major === 7) {
      this.#simple(info, start);
      return;
    }
    const argument = this.#argument(info, start);
    if (major === 6) this.#refuse("InvalidFormat", `a tag ${argument}`, start);
    if (major === 2 || major === 3) this.#skip(argument);
    if (major === 4) for (let index = 0n; index < argument; index += 1n) this.item(depth + 1);
    if (major === 5) this.#map(argument, depth + 1);
  }

  #simple(info: number, start: number): void {
    if (info >= 20 && info <= 22) return;
    if (info >= 25 && info <= 27) this.#refuse("InvalidFormat", "a float", start);
    if (info > 27) this.#refuse("DagCbor", `a reserved form ${info}`, start);
    this.#refuse("InvalidFormat", "a simple value other than true, false and null", start);
  }

  end(): void {
    if (this.at < this.#bytes.length) this.#refuse("InvalidFormat", "bytes follow the item");
  }
}

/** The first thing that keeps bytes from being canonical; nothing when they may be. */
export const scanCanonical = (bytes: Uint8Array): CanonicalError | undefined => {
  const scan = new Scan(bytes);
  try {
    scan.item(0);
    scan.end();
    return undefined;
  } catch (thrown) {
    if (thrown instanceof Refusal) return thrown.error;
    throw thrown;
  }
};
