import { createHasher, hash } from "blake3-jit";
import { ByteSink } from "./canonical/byte-sink.ts";
import { writeValue } from "./canonical/write.ts";

/** 64 lower-case hex digits: a BLAKE3-256 digest. */
export type Hash = string & { readonly __brand?: "Hash" };

const hexOf: readonly string[] = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, "0"));

/** Bytes as lower-case hex. */
const toHex = (bytes: Uint8Array): string => {
  let text = "";
  for (let i = 0; i < bytes.length; i += 1) text += hexOf[bytes[i] as number];
  return text;
};

/** BLAKE3 of raw bytes, as hex. */
export const hashBytes = (bytes: Uint8Array): Hash => toHex(hash(bytes));

const sink = new ByteSink();

/** BLAKE3 of UTF-8 text, as hex. */
export const hashText = (text: string): Hash => {
  sink.reset();
  sink.text(text);
  return hashBytes(sink.view());
};

/** BLAKE3 of several texts one after the other, which are never joined for it. */
export const hashTexts = (...texts: readonly string[]): Hash => {
  sink.reset();
  for (const text of texts) sink.text(text);
  return hashBytes(sink.view());
};

/**
 * BLAKE3 of `domain ‖ parts…`; the domain keeps hashes of different things apart.
 *
 * @example hashDomain("parley.entry/1", previous, bytes)
 */
export const hashDomain = (domain: string, ...parts: readonly Uint8Array[]): Hash => {
  sink.reset();
  sink.text(domain);
  for (const part of parts) sink.raw(part);
  return hashBytes(sink.view());
};

/** A hash of bytes that come one after the other. */
export interface RunningHash {
  add(bytes: Uint8Array): void;
  /** The hash of all that was added; nothing is added afterwards. */
  end(): Hash;
}

/** BLAKE3 of `domain ‖` what is added. */
export const runningHash = (domain = ""): RunningHash => {
  const hasher = createHasher();
  sink.reset();
  sink.text(domain);
  hasher.update(sink.view().slice());
  return { add: (bytes) => void hasher.update(bytes), end: () => toHex(hasher.finalize()) };
};

/** BLAKE3 of `domain ‖ canonical bytes of value`. */
export const hashValue = (domain: string, value: unknown): Hash => {
  sink.reset();
  sink.text(domain);
  writeValue(sink, value);
  return hashBytes(sink.view());
};
