import type { OpenAPIHono } from "@hono/zod-openapi";
import type { Host } from "@parley/runtime/host";
import type { LiveEvent } from "@parley/wire/http";
import type { Context } from "hono";
import { streamSSE } from "hono/streaming";
import { hostProblem, httpProblem } from "../http/problem.ts";
import { type Tail, tail } from "./tail.ts";
import { matches, readTopics, TOPIC_LIMIT } from "./topics.ts";

const HEARTBEAT_MS = 15_000;

/** How many connections are live, for the metrics. */
export interface LiveGauge {
  inc(): void;
  dec(): void;
}

const resumePoint = (c: Context): number | undefined => {
  const text = c.req.header("last-event-id") ?? c.req.query("after");
  return text !== undefined && /^\d+$/.test(text) ? Number(text) : undefined;
};

const pump = (
  c: Context,
  source: Tail,
  gauge: LiveGauge,
  show: (event: LiveEvent) => { id: string; data: string } | undefined,
): Response => {
  c.header("x-accel-buffering", "no");
  return streamSSE(c, async (stream) => {
    gauge.inc();
    const heartbeat = setInterval(() => void stream.writeSSE({ event: "heartbeat", data: "" }), HEARTBEAT_MS);
    stream.onAbort(() => source.close());
    try {
      // Tells the browser at once that the stream is open, and from where.
      await stream.writeSSE({ event: "hello", data: "" });
      for (let event = await source.next(); event !== undefined; event = await source.next()) {
        const shown = show(event);
        if (shown) await stream.writeSSE({ event: "entry", ...shown });
        if (stream.aborted) break;
      }
    } finally {
      clearInterval(heartbeat);
      source.close();
      gauge.dec();
    }
  });
};

/** Live views by server-sent events (model §2.8). */
export const liveRoutes = (app: OpenAPIHono, host: Host, gauge: LiveGauge): void => {
  app.get("/api/stream", async (c) => {
    const topics = readTopics(c.req.query("topics"));
    if (topics.size > TOPIC_LIMIT) {
      return httpProblem(c, "too-many-topics", `${topics.size} topics, at most ${TOPIC_LIMIT}.`);
    }
    const source = tail(host, resumePoint(c) ?? (await host.lastCommit()));
    return pump(c, source, gauge, (event) =>
      matches(topics, event) ? { id: String(event.commit), data: JSON.stringify(event) } : undefined,
    );
  });
  app.get("/api/sessions/:id/stream", async (c) => {
    const id = c.req.param("id");
    const after = resumePoint(c) ?? -1;
    const commit = await host.lastCommit();
    const log = await host.log(id, after + 1, 1);
    if (!log.ok) return hostProblem(c, log.error);
    const first = log.value.items[0];
    const source = tail(host, first ? first.commit - 1 : commit);
    return pump(c, source, gauge, (event) =>
      event.kind === "session" && event.stream === id && event.entry.seq > after
        ? { id: String(event.entry.seq), data: JSON.stringify(event.entry) }
        : undefined,
    );
  });
};
