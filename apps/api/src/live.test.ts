import { liveEventSchema } from "@parley/wire/http";
import { afterEach, describe, expect, test, vi } from "vitest";
import { BACKLOG_LIMIT_BYTES } from "./live/tail.ts";
import { input, openText } from "./testing/open.ts";
import { type EventReader, readEvents, type SeenEvent } from "./testing/read-events.ts";
import { endless, shop } from "./testing/sources.ts";
import { type TestStudio, testStudio } from "./testing/test-studio.ts";

const follow = async (
  studio: TestStudio,
  path: string,
  headers: Record<string, string> = {},
): Promise<EventReader> => {
  const response = await studio.app.request(path, { headers });
  expect(response.status).toBe(200);
  expect(response.headers.get("content-type")).toMatch("text/event-stream");
  return readEvents(response);
};

const advance = (studio: TestStudio, id: string, count: number) =>
  studio.post(`/api/sessions/${id}/inputs`, { inputs: Array(count).fill({ kind: "advance" }) });

const ids = (events: readonly SeenEvent[]): number[] => events.map(({ id }) => Number(id));
const range = (from: number, count: number): number[] =>
  Array.from({ length: count }, (_, index) => from + index);

const openConnections = async (studio: TestStudio): Promise<string | undefined> => {
  const { body } = await studio.get("/metrics");
  return /^parley_live_connections (\d+)$/m.exec(body)?.[1];
};

afterEach(() => vi.useRealTimers());

describe("the session's stream", () => {
  test("shows its log from the first entry, then what comes, with id = seq", async () => {
    const studio = await testStudio();
    const { id } = await openText(studio, endless);
    await advance(studio, id, 4);
    const reader = await follow(studio, `/api/sessions/${id}/stream`);
    expect(await reader.next()).toMatchObject({ event: "hello" });
    expect(ids(await reader.entries(5))).toEqual(range(0, 5));
    await advance(studio, id, 3);
    const live = await reader.entries(3);
    expect(ids(live)).toEqual(range(5, 3));
    const { items } = (await studio.get(`/api/sessions/${id}/log?from=5`)).body;
    expect(live.map(({ data }) => JSON.parse(data))).toEqual(items);
    await reader.cancel();
  });

  test("shows a fork's prefix through its parent, then its own", async () => {
    const studio = await testStudio();
    const { id } = await openText(studio, endless);
    await advance(studio, id, 6);
    const fork = (await studio.post(`/api/sessions/${id}/fork`, { at: 3 })).body;
    const reader = await follow(studio, `/api/sessions/${fork.id}/stream`);
    expect(ids(await reader.entries(5))).toEqual(range(0, 5));
    await advance(studio, id, 2);
    await advance(studio, fork.id, 2);
    expect(ids(await reader.entries(2))).toEqual(range(5, 2));
    await reader.cancel();
  });

  test("goes on after the last event id, whether by header or by address", async () => {
    const studio = await testStudio();
    const { id } = await openText(studio, endless);
    await advance(studio, id, 5);
    for (const reader of [
      await follow(studio, `/api/sessions/${id}/stream`, { "last-event-id": "2" }),
      await follow(studio, `/api/sessions/${id}/stream?after=2`),
    ]) {
      expect(await reader.next()).toMatchObject({ event: "hello", id: "2" });
      expect(ids(await reader.entries(3))).toEqual([3, 4, 5]);
      await reader.cancel();
    }
  });
});

describe("the workspace's stream", () => {
  test("resumes without a gap or a repeat, wherever it broke off and whatever commits meanwhile", async () => {
    const studio = await testStudio();
    const { id } = await openText(studio, endless);
    const path = `/api/stream?topics=session:${id}`;
    const seen: number[] = [];
    let last = String(await studio.host.lastCommit());
    const start = Number(last);
    for (const take of [1, 7, 3, 250, 40]) {
      const reader = await follow(studio, path, { "last-event-id": last });
      // Written while the reader catches up.
      const writing = Promise.all(Array.from({ length: 4 }, () => advance(studio, id, 60)));
      const events = await reader.entries(take);
      seen.push(...ids(events));
      last = events.at(-1)?.id ?? last;
      await reader.cancel();
      await writing;
    }
    expect(seen).toEqual(range(start + 1, seen.length));
    expect(seen).toHaveLength(301);
  });

  test("keeps to its topics", async () => {
    const studio = await testStudio();
    const { id } = await openText(studio, endless);
    const other = await openText(studio, endless);
    const one = await follow(studio, `/api/stream?topics=session:${id}`);
    const protocols = await follow(studio, "/api/stream?topics=protocols");
    const sessions = await follow(studio, "/api/stream?topics=sessions");
    for (const reader of [one, protocols, sessions]) await reader.next();
    await advance(studio, other.id, 1);
    await studio.post("/api/protocols", { name: "New", source: shop });
    await advance(studio, id, 1);
    const streams = (events: readonly SeenEvent[]) =>
      events.map(({ data }) => liveEventSchema.parse(JSON.parse(data)).stream);
    expect(streams(await one.entries(1))).toEqual([id]);
    expect(streams(await protocols.entries(2))).toEqual(["workspace", "workspace"]);
    expect(streams(await sessions.entries(2))).toEqual([other.id, id]);
    for (const reader of [one, protocols, sessions]) await reader.cancel();
  });

  test("says at once from where it goes on, so that a quiet stream loses nothing when it breaks", async () => {
    const studio = await testStudio();
    const { id } = await openText(studio, endless);
    const reader = await follow(studio, `/api/stream?topics=session:${id}`);
    const hello = await reader.next();
    expect(hello).toEqual({ event: "hello", id: String(await studio.host.lastCommit()), data: "" });
    await reader.cancel();
    await advance(studio, id, 2);
    const again = await follow(studio, `/api/stream?topics=session:${id}`, {
      "last-event-id": hello?.id ?? "",
    });
    expect(await again.entries(2)).toHaveLength(2);
    await again.cancel();
  });

  test("a heartbeat says it is alive, and how far it has come", async () => {
    vi.useFakeTimers({ toFake: ["setInterval", "clearInterval"] });
    const studio = await testStudio();
    const { id } = await openText(studio, endless);
    const reader = await follow(studio, "/api/stream?topics=protocols");
    await reader.next();
    const waiting = reader.next();
    await advance(studio, id, 1);
    vi.advanceTimersByTime(15_000);
    const { event, id: at } = (await waiting) ?? {};
    expect([event, at]).toEqual(["heartbeat", String(await studio.host.lastCommit())]);
    await reader.cancel();
    expect(vi.getTimerCount()).toBe(0);
  });

  test("an id of the future, as after restoring a backup, starts from the present", async () => {
    const studio = await testStudio();
    const { id } = await openText(studio, endless);
    const reader = await follow(studio, `/api/stream?topics=session:${id}`, { "last-event-id": "999999" });
    expect((await reader.next())?.id).toBe(String(await studio.host.lastCommit()));
    await advance(studio, id, 1);
    expect(await reader.entries(1)).toHaveLength(1);
    await reader.cancel();
  });

  test("takes 64 topics, refuses more and unknown ones", async () => {
    const studio = await testStudio();
    const topics = (count: number) => range(0, count).map((number) => `session:s-${number}`);
    const reader = await follow(studio, `/api/stream?topics=${topics(64)}`);
    await reader.cancel();
    const many = await studio.get(`/api/stream?topics=${topics(65)}`);
    expect([many.status, many.body.code, many.body.fields]).toEqual([422, "PAR7808", { max: 64, size: 65 }]);
    const strange = await studio.get("/api/stream?topics=weather");
    expect([strange.status, strange.body.code]).toEqual([422, "PAR7810"]);
  });
});

describe("readers", () => {
  test("one that falls a megabyte behind is dropped, and resumes where it was", async () => {
    const studio = await testStudio();
    const { id } = await openText(studio, endless);
    const path = `/api/stream?topics=session:${id}`;
    const reader = await follow(studio, path);
    const hello = await reader.next();
    await advance(studio, id, 1);
    const [first] = await reader.entries(1);
    let bytes = 0;
    studio.host.subscribe((entry) => {
      bytes += entry.bytes.length;
    });
    while (bytes <= BACKLOG_LIMIT_BYTES) await advance(studio, id, 100);
    await expect(reader.entries(1)).rejects.toThrow("too far behind");
    expect(await openConnections(studio)).toBe("0");
    const again = await follow(studio, path, { "last-event-id": first?.id ?? "" });
    expect(ids(await again.entries(1_000))).toEqual(range(Number(hello?.id) + 2, 1_000));
    await again.cancel();
  });

  test("one that keeps up is never dropped, however much passes", async () => {
    const studio = await testStudio();
    const { id } = await openText(studio, endless);
    const reader = await follow(studio, `/api/stream?topics=session:${id}`);
    await reader.next();
    let bytes = 0;
    studio.host.subscribe((entry) => {
      bytes += entry.bytes.length;
    });
    await advance(studio, id, 100);
    while (bytes <= 1.5 * BACKLOG_LIMIT_BYTES) {
      const written = advance(studio, id, 100);
      expect(await reader.entries(100)).toHaveLength(100);
      await written;
    }
    expect(await reader.entries(100)).toHaveLength(100);
    await reader.cancel();
  });

  test("connections are counted while they are read, and released when they go", async () => {
    const studio = await testStudio();
    const { id } = await openText(studio, endless);
    const paths = ["/api/stream?topics=sessions", `/api/sessions/${id}/stream`];
    const readers = await Promise.all(paths.map((path) => follow(studio, path)));
    for (const reader of readers) await reader.next();
    expect(await openConnections(studio)).toBe("2");
    const waiting = readers[0]?.next();
    for (const reader of readers) await reader.cancel();
    await waiting;
    expect(await openConnections(studio)).toBe("0");
    for (const path of paths) expect((await studio.send("HEAD", path)).status).toBe(200);
    expect(await openConnections(studio)).toBe("0");
    await input(studio, id, { kind: "advance" });
  });

  test("all streams end when the server stops", async () => {
    const studio = await testStudio();
    const reader = await follow(studio, "/api/stream?topics=sessions");
    await reader.next();
    const next = reader.next();
    studio.stop.abort();
    expect(await next).toBeUndefined();
    expect(await openConnections(studio)).toBe("0");
    const late = await follow(studio, "/api/stream?topics=sessions");
    expect(await late.entries(1)).toEqual([]);
  });
});
