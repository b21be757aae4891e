import type { Host } from "@parley/runtime/host";
import type { StoredEntry } from "@parley/wire";
import type { EntryJson, LiveEvent } from "@parley/wire/http";
import type { Context } from "hono";
import type { Api } from "../http/api.ts";
import { hostProblem, httpProblem } from "../http/problem.ts";
import { eventStream, type LiveOptions } from "./event-stream.ts";
import { tail } from "./tail.ts";
import { isTopic, matches, readTopics, TOPIC_LIMIT } from "./topics.ts";

/** Where the reader was: `Last-Event-ID`, or `after` where a header cannot be set. */
const resumePoint = (c: Context): number | undefined => {
  const text = c.req.header("last-event-id") ?? c.req.query("after");
  return text !== undefined && /^\d{1,15}$/.test(text) ? Number(text) : undefined;
};

/** An entry as an event, made once for all connections. */
const eventMaker = (host: Host): ((entry: StoredEntry) => LiveEvent) => {
  const made = new WeakMap<StoredEntry, LiveEvent>();
  return (entry) => {
    const event = made.get(entry) ?? host.liveEvent(entry);
    made.set(entry, event);
    return event;
  };
};

const topicProblem = (c: Context, topics: ReadonlySet<string>): Response | undefined => {
  if (topics.size > TOPIC_LIMIT) {
    const detail = `${topics.size} topics, at most ${TOPIC_LIMIT}.`;
    return httpProblem(c, "too-many-topics", detail, { max: TOPIC_LIMIT, size: topics.size });
  }
  const unknown = [...topics].filter((topic) => !isTopic(topic));
  return unknown.length === 0 ? undefined : httpProblem(c, "unknown-topic", unknown.join(", "), { unknown });
};

const workspaceStream = async (
  c: Context,
  host: Host,
  options: LiveOptions,
  eventOf: (entry: StoredEntry) => LiveEvent,
): Promise<Response> => {
  const topics = readTopics(c.req.query("topics"));
  const refusal = topicProblem(c, topics);
  if (refusal) return refusal;
  const head = await host.lastCommit();
  // A point beyond the head is of another workspace, as after restoring a backup.
  let position = Math.min(resumePoint(c) ?? head, head);
  const source = {
    read: (after: number, limit: number) => host.liveAfter(after, limit),
    take: eventOf,
    positionOf: ({ commit }: LiveEvent) => commit,
  };
  return eventStream(
    c,
    {
      open: (dropped) => tail(host, source, position, dropped),
      position: () => String(position),
      show: (event: LiveEvent) => {
        position = event.commit;
        if (!matches(topics, event)) return undefined;
        return { event: "entry", id: String(position), data: JSON.stringify(event) };
      },
    },
    options,
  );
};

const sessionStream = async (
  c: Context,
  host: Host,
  options: LiveOptions,
  eventOf: (entry: StoredEntry) => LiveEvent,
): Promise<Response> => {
  const id = c.req.param("id") ?? "";
  const log = await host.log(id, 0, 1);
  if (!log.ok) return hostProblem(c, log.error);
  let position = Math.min(resumePoint(c) ?? -1, log.value.head);
  const source = {
    read: async (after: number, limit: number) => {
      const page = await host.log(id, after + 1, limit);
      return page.ok ? page.value.items : [];
    },
    take: (entry: StoredEntry) => (entry.stream === id ? eventOf(entry).entry : undefined),
    positionOf: ({ seq }: EntryJson) => seq,
  };
  return eventStream(
    c,
    {
      open: (dropped) => tail(host, source, position, dropped),
      position: () => (position < 0 ? undefined : String(position)),
      show: (entry: EntryJson) => {
        position = entry.seq;
        return { event: "entry", id: String(position), data: JSON.stringify(entry) };
      },
    },
    options,
  );
};

/** Live views by server-sent events (model §2.8). */
export const liveRoutes = ({ app, routes }: Api, host: Host, options: LiveOptions): void => {
  const eventOf = eventMaker(host);
  const gives = "text/event-stream";
  routes.push(
    {
      method: "get",
      path: "/api/stream",
      operation: "followWorkspace",
      summary: "Live: every entry of the topics; id = commit number, resumed by Last-Event-ID",
      status: 200,
      gives,
    },
    {
      method: "get",
      path: "/api/sessions/{id}/stream",
      operation: "followSession",
      summary: "Live: the session's log from its first entry; id = seq, resumed by Last-Event-ID",
      status: 200,
      gives,
    },
  );
  app.get("/api/stream", (c) => workspaceStream(c, host, options, eventOf));
  app.get("/api/sessions/:id/stream", (c) => sessionStream(c, host, options, eventOf));
};
