import { writeSync } from "node:fs";

const nap = new Int32Array(new SharedArrayBuffer(4));

const isFull = (cause: unknown): boolean =>
  cause instanceof Error && "code" in cause && cause.code === "EAGAIN";

/**
 * Prints a line and returns only when the reader's pipe has taken all of it:
 * how a victim tells its killer what it has answered. Waits, blocking this
 * process, while the pipe is full.
 */
export const sayLine = (line: string): void => {
  const bytes = new TextEncoder().encode(`${line}\n`);
  for (let written = 0; written < bytes.length; ) {
    try {
      written += writeSync(1, bytes, written);
    } catch (cause) {
      if (!isFull(cause)) throw cause;
      Atomics.wait(nap, 0, 0, 1);
    }
  }
};
