import { readUtf8 } from "./utf8.ts";

const malformed = (why: string): never => {
  throw new RangeError(`not canonical bytes: ${why}`);
};

/** Short texts read before, found by their bytes: names of properties, roles, labels and kinds. */
const names: (string | undefined)[] = new Array(4_096);
const nameBytes: Uint8Array[] = new Array(4_096);
const LONGEST_NAME = 24;

const sameBytes = (known: Uint8Array, bytes: Uint8Array, start: number): boolean => {
  for (let i = 0; i < known.length; i += 1) if (known[i] !== bytes[start + i]) return false;
  return true;
};

/** A text; the same few short ones are read over and over. */
const readName = (bytes: Uint8Array, start: number, end: number): string => {
  if (end - start > LONGEST_NAME) return readUtf8(bytes, start, end);
  let mix = end - start;
  for (let at = start; at < end; at += 1) mix = (mix * 31 + (bytes[at] as number)) & 0xfff;
  const known = names[mix];
  const knownBytes = nameBytes[mix];
  if (known !== undefined && knownBytes?.length === end - start && sameBytes(knownBytes, bytes, start))
    return known;
  const name = readUtf8(bytes, start, end);
  names[mix] = name;
  nameBytes[mix] = new Uint8Array(bytes.subarray(start, end));
  return name;
};

/** Deeper than any value of ours; deeper bytes are refused before the stack ends. */
const MAX_DEPTH = 1_000;

const MAX_SAFE_HIGH = 0x20_0000;

/** Reads one item after another; `at` is where the next one begins. */
class Reader {
  private readonly bytes: Uint8Array;
  at = 0;
  private depth = 0;

  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
  }

  private next(): number {
    const { bytes } = this;
    if (this.at >= bytes.length) malformed("they end too early");
    return bytes[this.at++] as number;
  }

  private word(): number {
    return this.next() * 0x100_0000 + (this.next() << 16) + (this.next() << 8) + this.next();
  }

  /** The number of an item's head, which must be in its shortest form. */
  private count(low: number): number | bigint {
    if (low < 24) return low;
    let value: number;
    let least: number;
    if (low === 24) {
      value = this.next();
      least = 24;
    } else if (low === 25) {
      value = this.next() * 0x100 + this.next();
      least = 0x100;
    } else if (low === 26) {
      value = this.word();
      least = 0x1_0000;
    } else if (low === 27) {
      const high = this.word();
      const rest = this.word();
      if (high >= MAX_SAFE_HIGH) return (BigInt(high) << 32n) | BigInt(rest);
      value = high * 0x1_0000_0000 + rest;
      least = 0x1_0000_0000;
    } else return malformed("a length is left open");
    return value < least ? malformed("a number has a shorter form") : value;
  }

  /** How long an item is; every byte or item of it takes a byte at least. */
  private size(low: number): number {
    const size = this.count(low);
    if (typeof size === "bigint" || size > this.bytes.length - this.at)
      return malformed("an item is longer than they are");
    return size;
  }

  /** Steps over the bytes of a text or a byte string; answers where they begin. */
  private skip(low: number): number {
    const size = this.size(low);
    this.at += size;
    return this.at - size;
  }

  private enter(): void {
    this.depth += 1;
    if (this.depth > MAX_DEPTH) malformed("they are too deep");
  }

  private array(low: number): unknown[] {
    const size = this.size(low);
    const items: unknown[] = [];
    this.enter();
    for (let i = 0; i < size; i += 1) items.push(this.value());
    this.depth -= 1;
    return items;
  }

  /** Whether the key at one place comes before the key at the other, heads included: one order, no key twice. */
  private inOrder(before: number, beforeEnd: number, start: number, end: number): boolean {
    const difference = end - start - (beforeEnd - before);
    if (difference !== 0) return difference > 0;
    for (let i = 0; start + i < end; i += 1) {
      const byte = (this.bytes[start + i] as number) - (this.bytes[before + i] as number);
      if (byte !== 0) return byte > 0;
    }
    return false;
  }

  private map(low: number): { [key: string]: unknown } {
    const size = this.size(low);
    const record: { [key: string]: unknown } = {};
    let before = 0;
    let beforeEnd = 0;
    this.enter();
    for (let i = 0; i < size; i += 1) {
      const start = this.at;
      const head = this.next();
      if (head >> 5 !== 3) malformed("a key is no text");
      const from = this.skip(head & 0x1f);
      const end = this.at;
      if (i > 0 && !this.inOrder(before, beforeEnd, start, end)) malformed("keys are out of order");
      before = start;
      beforeEnd = end;
      const name = readName(this.bytes, from, end);
      const value = this.value();
      if (name === "__proto__")
        Object.defineProperty(record, name, { value, enumerable: true, configurable: true, writable: true });
      else record[name] = value;
    }
    this.depth -= 1;
    return record;
  }

  private simple(low: number): boolean | null {
    if (low === 20) return false;
    if (low === 21) return true;
    return low === 22 ? null : malformed("they hold a float or a simple value of no use here");
  }

  value(): unknown {
    const head = this.next();
    const low = head & 0x1f;
    switch (head >> 5) {
      case 0:
        return this.count(low);
      case 1: {
        const size = this.count(low);
        if (typeof size === "number" && size < Number.MAX_SAFE_INTEGER) return -1 - size;
        return -1n - BigInt(size);
      }
      case 2: {
        const from = this.skip(low);
        return new Uint8Array(this.bytes.subarray(from, this.at));
      }
      case 3: {
        const from = this.skip(low);
        return readName(this.bytes, from, this.at);
      }
      case 4:
        return this.array(low);
      case 5:
        return this.map(low);
      case 7:
        return this.simple(low);
      default:
        return malformed("they hold a tag");
    }
  }
}

/** The one value that bytes are; throws a `RangeError` at anything else. */
export const readValue = (bytes: Uint8Array): unknown => {
  const reader = new Reader(bytes);
  const value = reader.value();
  return reader.at === bytes.length ? value : malformed("something follows the value");
};
