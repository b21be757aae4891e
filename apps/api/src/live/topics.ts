import type { LiveEvent } from "@parley/wire/http";

/** Live topics one connection may name (model §7). */
export const TOPIC_LIMIT = 64;

/** Whether an event belongs to one of the topics. */
export const matches = (topics: ReadonlySet<string>, event: LiveEvent): boolean => {
  if (event.kind === "session") return topics.has(`session:${event.stream}`) || topics.has("sessions");
  if (event.kind === "authority") return topics.has(`authority:${event.stream}`) || topics.has("authorities");
  if (event.kind === "context") return topics.has(`context:${event.stream}`) || topics.has("contexts");
  const input = String(event.entry.input.kind);
  if (input.startsWith("ceremony.") && topics.has("ceremonies")) return true;
  return input.startsWith("session.") ? topics.has("sessions") : topics.has("protocols");
};

/** `protocols`, `sessions`, `authorities`, `contexts`, `ceremonies`, or one of the middle three by id. */
export const isTopic = (topic: string): boolean =>
  /^(protocols|sessions|authorities|contexts|ceremonies|(session|authority|context):.+)$/.test(topic);

/** The topics of `?topics=a,b`. */
export const readTopics = (text: string | undefined): ReadonlySet<string> =>
  new Set(
    (text ?? "")
      .split(",")
      .map((topic) => topic.trim())
      .filter((topic) => topic !== ""),
  );
