import type { Context } from "hono";
import type { Tail } from "./tail.ts";

const HEARTBEAT_MS = 15_000;

/** One server-sent event; `id` is what the reader resumes by. */
export interface ServerEvent {
  readonly event: string;
  readonly id: string | undefined;
  readonly data: string;
}

/** How many connections are live, for the metrics. */
export interface LiveGauge {
  inc(): void;
  dec(): void;
}

export interface LiveOptions {
  readonly gauge: LiveGauge;
  /** Aborted when the server stops: every stream ends. */
  readonly stopping: AbortSignal;
}

export interface EventSource<Event> {
  /** Opens the events; `dropped` is to be called when the reader is too far behind. */
  open(dropped: () => void): Tail<Event>;
  /** How an event is shown, or undefined for one that only moves the position. */
  show(event: Event): ServerEvent | undefined;
  /** The position as an id: sent with `hello` and heartbeats, so that a quiet stream resumes where it was. */
  position(): string | undefined;
}

const encoder = new TextEncoder();

const encode = ({ event, id, data }: ServerEvent): Uint8Array =>
  encoder.encode(`event: ${event}\n${id === undefined ? "" : `id: ${id}\n`}data: ${data}\n\n`);

/** Ends a connection that does not read: closing the stream would wait for it to. */
const cutOff = (c: Context): (() => void) | undefined => {
  const { outgoing } = (c.env ?? {}) as { readonly outgoing?: { destroy(): void } };
  return outgoing && (() => outgoing.destroy());
};

interface Opened<Event> {
  readonly tail: Tail<Event>;
  release(): void;
}

/** Opens the tail with everything that must be released with it. */
const open = <Event>(
  source: EventSource<Event>,
  { gauge, stopping }: LiveOptions,
  controller: ReadableStreamDefaultController<Uint8Array>,
  cut: (() => void) | undefined,
): Opened<Event> => {
  const tail = source.open(() => {
    release();
    if (cut) cut();
    else controller.error(new Error("the reader is too far behind"));
  });
  const stop = (): void => tail.close();
  const heartbeat = setInterval(
    () => controller.enqueue(encode({ event: "heartbeat", id: source.position(), data: "" })),
    HEARTBEAT_MS,
  );
  let released = false;
  const release = (): void => {
    if (released) return;
    released = true;
    clearInterval(heartbeat);
    stopping.removeEventListener("abort", stop);
    tail.close();
    gauge.dec();
  };
  gauge.inc();
  stopping.addEventListener("abort", stop, { once: true });
  if (stopping.aborted) stop();
  return { tail, release };
};

/** The next event that is shown; undefined at the end. */
const nextShown = async <Event>(
  tail: Tail<Event>,
  show: EventSource<Event>["show"],
): Promise<ServerEvent | undefined> => {
  for (let event = await tail.next(); event !== undefined; event = await tail.next()) {
    const shown = show(event);
    if (shown !== undefined) return shown;
  }
  return undefined;
};

/**
 * An answer that carries server-sent events at the reader's pace. Nothing is
 * opened before the reader takes the first byte, so a `HEAD` costs nothing;
 * everything is released when it goes, falls behind, or the server stops.
 */
export const eventStream = <Event>(
  c: Context,
  source: EventSource<Event>,
  options: LiveOptions,
): Response => {
  let opened: Opened<Event> | undefined;
  const body = new ReadableStream<Uint8Array>(
    {
      pull: async (controller) => {
        if (opened === undefined) {
          opened = open(source, options, controller, cutOff(c));
          controller.enqueue(encode({ event: "hello", id: source.position(), data: "" }));
          return;
        }
        try {
          const shown = await nextShown(opened.tail, source.show);
          if (shown) controller.enqueue(encode(shown));
          else if (options.stopping.aborted) controller.close();
          if (!shown) opened.release();
        } catch (cause) {
          opened.release();
          throw cause;
        }
      },
      cancel: () => opened?.release(),
    },
    // Nothing is fetched ahead of the reader.
    { highWaterMark: 0 },
  );
  return c.body(body, 200, {
    "content-type": "text/event-stream; charset=utf-8",
    "cache-control": "no-cache, no-store",
    // Tells proxies, and our own adapter, to pass every event on at once.
    "x-accel-buffering": "no",
  });
};
