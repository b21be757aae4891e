import type { Context, MiddlewareHandler } from "hono";

/** Bytes read and thrown away after a body went over its limit, so that the refusal reaches a client that is still sending. */
const DRAIN_BYTES = 16 * 1024 * 1024;

/** The whole body, or undefined when it is longer than `limit`. */
const readUpTo = async (
  body: ReadableStream<Uint8Array>,
  limit: number,
): Promise<Uint8Array[] | undefined> => {
  const reader = body.getReader();
  const chunks: Uint8Array[] = [];
  for (let size = 0; size <= limit + DRAIN_BYTES; ) {
    const { done, value } = await reader.read();
    if (done) return size > limit ? undefined : chunks;
    size += value.length;
    if (size <= limit) chunks.push(value);
    else chunks.length = 0;
  }
  await reader.cancel();
  return undefined;
};

/** How long a body may be; one that is streamed is counted by whoever reads it, unless its length is declared. */
export interface BodyLimit {
  readonly bytes: number;
  readonly streamed?: boolean;
}

/**
 * Refuses bodies over a limit: by their declared length before a byte is
 * read, else while reading.
 */
export const limitBody =
  (
    limitOf: (path: string) => BodyLimit,
    refuse: (c: Context, limit: number) => Response,
  ): MiddlewareHandler =>
  async (c, next) => {
    if (c.req.method === "GET" || c.req.method === "HEAD") return next();
    const { bytes: limit, streamed } = limitOf(c.req.path);
    const length = c.req.header("content-length");
    if (length !== undefined && c.req.header("transfer-encoding") === undefined)
      return Number(length) > limit ? refuse(c, limit) : next();
    const { body } = c.req.raw;
    if (body === null || streamed === true) return next();
    const chunks = await readUpTo(body, limit);
    if (chunks === undefined) return refuse(c, limit);
    c.req.raw = new Request(c.req.raw, { body: Buffer.concat(chunks) });
    return next();
  };
