import { utf8ToBytes } from "@noble/hashes/utils.js";

const NUMBER = 0x00;
const NEGATIVE = 0x20;
const BYTES = 0x40;
const TEXT = 0x60;
const LIST = 0x80;
const MAP = 0xa0;
const FALSE = 0xf4;
const TRUE = 0xf5;
const NULL = 0xf6;
const UNDEFINED = 0xf7;

/** A buffer larger than this is given back after use. */
const KEPT_BYTES = 1 << 20;
/** Names of properties are few; beyond this they are encoded anew rather than kept. */
const KEPT_KEYS = 4096;

// Encoding never calls out, so one buffer serves every call.
let out = new Uint8Array(8192);
let at = 0;

const room = (count: number): void => {
  if (at + count <= out.length) return;
  const larger = new Uint8Array(Math.max(out.length * 2, at + count));
  larger.set(out);
  out = larger;
};

const bigEndian = (value: number, bytes: number): void => {
  for (let shift = (bytes - 1) * 8; shift >= 0; shift -= 8) out[at++] = value >>> shift;
};

/** The start of an item: its major type, and its number or length in the shortest form. */
const head = (major: number, value: number): void => {
  room(9);
  if (value < 24) out[at++] = major | value;
  else if (value < 0x100) {
    out[at++] = major | 24;
    out[at++] = value;
  } else if (value < 0x1_0000) {
    out[at++] = major | 25;
    bigEndian(value, 2);
  } else if (value < 0x1_0000_0000) {
    out[at++] = major | 26;
    bigEndian(value, 4);
  } else {
    out[at++] = major | 27;
    bigEndian(Math.floor(value / 0x1_0000_0000), 4);
    bigEndian(value % 0x1_0000_0000, 4);
  }
};

const number = (value: number): void => {
  if (!Number.isSafeInteger(value)) throw new RangeError(`canonical bytes hold no number like ${value}`);
  if (value >= 0) head(NUMBER, value);
  else head(NEGATIVE, -1 - value);
};

const large = (value: bigint): void => {
  const major = value < 0n ? NEGATIVE : NUMBER;
  const size = value < 0n ? -1n - value : value;
  if (size <= BigInt(Number.MAX_SAFE_INTEGER)) {
    head(major, Number(size));
    return;
  }
  if (size >> 64n !== 0n) throw new RangeError(`canonical bytes hold no integer as large as ${value}`);
  room(9);
  out[at++] = major | 27;
  bigEndian(Number(size >> 32n), 4);
  bigEndian(Number(size & 0xffff_ffffn), 4);
};

const raw = (major: number, bytes: Uint8Array): void => {
  head(major, bytes.length);
  room(bytes.length);
  out.set(bytes, at);
  at += bytes.length;
};

const text = (value: string): void => {
  const { length } = value;
  const start = at;
  head(TEXT, length);
  room(length);
  for (let i = 0; i < length; i++) {
    const code = value.charCodeAt(i);
    if (code >= 0x80) {
      at = start;
      raw(TEXT, utf8ToBytes(value));
      return;
    }
    out[at++] = code;
  }
};

const keys = new Map<string, Uint8Array>();

/** A property's name as an item. */
const keyBytes = (key: string): Uint8Array => {
  const known = keys.get(key);
  if (known !== undefined) return known;
  const start = at;
  text(key);
  const bytes = out.slice(start, at);
  at = start;
  if (keys.size < KEPT_KEYS) keys.set(key, bytes);
  return bytes;
};

/** Shorter first, then byte by byte. */
const compareBytes = (a: Uint8Array, b: Uint8Array): number => {
  if (a.length !== b.length) return a.length - b.length;
  for (let i = 0; i < a.length; i++) {
    const difference = (a[i] as number) - (b[i] as number);
    if (difference !== 0) return difference;
  }
  return 0;
};

const map = (value: Readonly<Record<string, unknown>>): void => {
  const names: Uint8Array[] = [];
  const values: unknown[] = [];
  for (const key of Object.keys(value)) {
    const field = value[key];
    if (field === undefined) continue;
    const name = keyBytes(key);
    // Into its place: maps have few keys.
    let place = names.length;
    for (; place > 0; place--) {
      const before = names[place - 1] as Uint8Array;
      if (compareBytes(before, name) < 0) break;
      names[place] = before;
      values[place] = values[place - 1];
    }
    names[place] = name;
    values[place] = field;
  }
  head(MAP, names.length);
  for (let i = 0; i < names.length; i++) {
    const name = names[i] as Uint8Array;
    room(name.length);
    out.set(name, at);
    at += name.length;
    item(values[i]);
  }
};

const object = (value: object | null): void => {
  if (value === null) simple(NULL);
  else if (Array.isArray(value)) {
    head(LIST, value.length);
    for (const member of value) item(member);
  } else if (value instanceof Uint8Array) raw(BYTES, value);
  else if (value instanceof Map || value instanceof Set)
    throw new TypeError("canonical bytes hold plain data only");
  else map(value as Readonly<Record<string, unknown>>);
};

const simple = (byte: number): void => {
  room(1);
  out[at++] = byte;
};

const item = (value: unknown): void => {
  switch (typeof value) {
    case "string":
      text(value);
      return;
    case "number":
      number(value);
      return;
    case "object":
      object(value);
      return;
    case "boolean":
      simple(value ? TRUE : FALSE);
      return;
    case "bigint":
      large(value);
      return;
    case "undefined":
      simple(UNDEFINED);
      return;
    default:
      throw new TypeError(`canonical bytes hold no ${typeof value}`);
  }
};

/**
 * Deterministic CBOR in one pass: definite lengths, shortest numbers, map keys
 * shorter first and then byte by byte, floats refused. The test holds it to
 * the bytes of the general library, which builds tokens first and takes
 * several times as long.
 */
export const encodeCbor = (value: unknown): Uint8Array => {
  at = 0;
  item(value);
  const bytes = out.slice(0, at);
  if (out.length > KEPT_BYTES) out = new Uint8Array(8192);
  return bytes;
};
