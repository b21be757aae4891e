import { writeUtf8 } from "./utf8.ts";

const SHORT = 48;

/** Bytes being written, in a buffer that grows and is used again. */
export class ByteSink {
  bytes: Uint8Array;
  length = 0;

  constructor(size = 4_096) {
    this.bytes = new Uint8Array(size);
  }

  /** Makes room for `count` more bytes. */
  reserve(count: number): void {
    const needed = this.length + count;
    if (needed <= this.bytes.length) return;
    const grown = new Uint8Array(Math.max(needed, this.bytes.length * 2));
    grown.set(this.bytes.subarray(0, this.length));
    this.bytes = grown;
  }

  byte(value: number): void {
    this.reserve(1);
    this.bytes[this.length++] = value;
  }

  raw(value: Uint8Array): void {
    const { length } = value;
    this.reserve(length);
    const { bytes, length: at } = this;
    // Mostly a few bytes: a loop is quicker than a call then.
    if (length > SHORT) bytes.set(value, at);
    else for (let i = 0; i < length; i += 1) bytes[at + i] = value[i] as number;
    this.length = at + length;
  }

  /** A text as UTF-8. */
  text(value: string): void {
    this.reserve(value.length * 3);
    this.length = writeUtf8(value, this.bytes, this.length);
  }

  /** What was written, as long as nothing more is. */
  view(): Uint8Array {
    return this.bytes.subarray(0, this.length);
  }

  /** Starts anew; a buffer that grew far beyond what is usual is let go. */
  reset(): void {
    this.length = 0;
    if (this.bytes.length > 1 << 20) this.bytes = new Uint8Array(4_096);
  }
}
