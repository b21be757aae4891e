import { ByteSink } from "./byte-sink.ts";

/** Major types of CBOR, in the high bits of an item's first byte. */
const UNSIGNED = 0x00;
const NEGATIVE = 0x20;
const BYTES = 0x40;
const TEXT = 0x60;
const ARRAY = 0x80;
const MAP = 0xa0;
const FALSE = 0xf4;
const TRUE = 0xf5;
const NULL = 0xf6;
const UNDEFINED = 0xf7;

/** The first bytes of an item, before its bytes, items or pairs of a key and a value. */
export const canonicalHead = (kind: "bytes" | "text" | "list" | "map", size: number): Uint8Array => {
  const sink = new ByteSink(9);
  writeHead(sink, { bytes: BYTES, text: TEXT, list: ARRAY, map: MAP }[kind], size);
  return sink.view();
};

const BEYOND = 1n << 64n;

/** An item's first bytes: its major type and its number, in the shortest form. */
const writeHead = (sink: ByteSink, major: number, value: number): void => {
  sink.reserve(9);
  const { bytes } = sink;
  let at = sink.length;
  if (value < 24) bytes[at++] = major | value;
  else if (value < 0x100) {
    bytes[at++] = major | 24;
    bytes[at++] = value;
  } else if (value < 0x10000) {
    bytes[at++] = major | 25;
    bytes[at++] = value >>> 8;
    bytes[at++] = value;
  } else {
    const wide = value > 0xffffffff;
    bytes[at++] = major | (wide ? 27 : 26);
    if (wide) at = writeWord(bytes, at, Math.floor(value / 0x1_0000_0000));
    at = writeWord(bytes, at, value % 0x1_0000_0000);
  }
  sink.length = at;
};

const writeWord = (bytes: Uint8Array, at: number, word: number): number => {
  bytes[at] = word >>> 24;
  bytes[at + 1] = word >>> 16;
  bytes[at + 2] = word >>> 8;
  bytes[at + 3] = word;
  return at + 4;
};

const writeBigint = (sink: ByteSink, value: bigint): void => {
  const major = value < 0n ? NEGATIVE : UNSIGNED;
  const size = value < 0n ? -1n - value : value;
  if (size >= BEYOND) throw new RangeError(`canonical bytes hold no number like ${value}`);
  if (size <= BigInt(Number.MAX_SAFE_INTEGER)) {
    writeHead(sink, major, Number(size));
    return;
  }
  sink.reserve(9);
  sink.bytes[sink.length] = major | 27;
  const at = writeWord(sink.bytes, sink.length + 1, Number(size >> 32n));
  sink.length = writeWord(sink.bytes, at, Number(size & 0xffffffffn));
};

/** Floats would have many encodings; a value that holds one is a bug of the caller. */
const writeNumber = (sink: ByteSink, value: number): void => {
  if (!Number.isSafeInteger(value)) throw new RangeError(`canonical bytes hold no number like ${value}`);
  if (value < 0) writeHead(sink, NEGATIVE, -1 - value);
  else writeHead(sink, UNSIGNED, value);
};

const headSize = (value: number): number =>
  value < 24 ? 1 : value < 0x100 ? 2 : value < 0x10000 ? 3 : value <= 0xffffffff ? 5 : 9;

/** Written behind a head for as many bytes as it has letters, which is then mended where some took more. */
const writeText = (sink: ByteSink, value: string): void => {
  const start = sink.length;
  const guess = headSize(value.length);
  // Room for any head, too: writing it must not move a text that stands behind the sink's length.
  sink.reserve(9 + value.length * 3);
  sink.length += guess;
  sink.text(value);
  const size = sink.length - start - guess;
  const head = headSize(size);
  if (head !== guess) {
    sink.reserve(head - guess);
    sink.bytes.copyWithin(start + head, start + guess, start + guess + size);
  }
  sink.length = start;
  writeHead(sink, TEXT, size);
  sink.length += size;
};

/** A key of a map as it is written, and as it is compared. */
interface Key {
  readonly name: string;
  /** Head and text. */
  readonly bytes: Uint8Array;
}

const keys = new Map<string, Key>();
/** Names of properties are few; names made from data are not, and are not kept beyond this. */
const MAX_KEYS = 4_096;

const keyOf = (name: string): Key => {
  const known = keys.get(name);
  if (known !== undefined) return known;
  const sink = new ByteSink();
  writeText(sink, name);
  const key = { name, bytes: sink.view().slice() };
  if (keys.size < MAX_KEYS) keys.set(name, key);
  return key;
};

/** Shorter first, then byte by byte: heads of equal length are equal for equally long texts. */
const comesBefore = ({ bytes: a }: Key, { bytes: b }: Key): boolean => {
  if (a.length !== b.length) return a.length < b.length;
  for (let i = 0; i < a.length; i += 1) {
    const difference = (a[i] as number) - (b[i] as number);
    if (difference !== 0) return difference < 0;
  }
  return false;
};

const order = (a: Key, b: Key): number => (a === b ? 0 : comesBefore(a, b) ? -1 : 1);

/** Records made alike have their keys in one sequence: the node at its end knows their order. */
interface Shape {
  readonly keys: readonly Key[];
  readonly next: Map<string, Shape>;
  sorted: readonly Key[] | undefined;
}

const noKeys: Shape = { keys: [], next: new Map(), sorted: undefined };
let shapes = 0;
/** Shapes of records are few; maps made from data are not, and are not kept beyond this. */
const MAX_SHAPES = 4_096;

const shapeWith = (shape: Shape, name: string): Shape => {
  const known = shape.next.get(name);
  if (known !== undefined) return known;
  const longer: Shape = { keys: [...shape.keys, keyOf(name)], next: new Map(), sorted: undefined };
  if (shapes < MAX_SHAPES) {
    shapes += 1;
    shape.next.set(name, longer);
  }
  return longer;
};

/** Records have few keys; what has more is data. */
const MAX_RECORD = 24;

/** The keys of a record in their order; what is `undefined` has none. */
const sortedKeys = (value: { readonly [key: string]: unknown }): readonly Key[] => {
  const names = Object.keys(value);
  if (names.length > MAX_RECORD)
    return names
      .filter((name) => value[name] !== undefined)
      .map(keyOf)
      .sort(order);
  let shape = noKeys;
  for (const name of names) if (value[name] !== undefined) shape = shapeWith(shape, name);
  shape.sorted ??= [...shape.keys].sort(order);
  return shape.sorted;
};

const writeObject = (sink: ByteSink, value: object): void => {
  if (Array.isArray(value)) {
    writeHead(sink, ARRAY, value.length);
    for (const item of value) writeValue(sink, item);
  } else if (value instanceof Uint8Array) {
    writeHead(sink, BYTES, value.length);
    sink.raw(value);
  } else if (value instanceof Map || value instanceof Set || ArrayBuffer.isView(value)) {
    throw new TypeError("canonical bytes hold maps only as plain objects, and no sets or typed arrays");
  } else {
    const record = value as { readonly [key: string]: unknown };
    const sorted = sortedKeys(record);
    writeHead(sink, MAP, sorted.length);
    for (const { name, bytes } of sorted) {
      sink.raw(bytes);
      writeValue(sink, record[name]);
    }
  }
};

/** Appends the canonical bytes of a value. */
export const writeValue = (sink: ByteSink, value: unknown): void => {
  switch (typeof value) {
    case "string":
      writeText(sink, value);
      break;
    case "number":
      writeNumber(sink, value);
      break;
    case "boolean":
      sink.byte(value ? TRUE : FALSE);
      break;
    case "bigint":
      writeBigint(sink, value);
      break;
    case "undefined":
      sink.byte(UNDEFINED);
      break;
    case "object":
      if (value === null) sink.byte(NULL);
      else writeObject(sink, value);
      break;
    default:
      throw new TypeError(`canonical bytes hold no ${typeof value}`);
  }
};
