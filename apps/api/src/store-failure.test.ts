import { createRequire } from "node:module";
import { join } from "node:path";
import { expect, test } from "vitest";
import { openText } from "./testing/open.ts";
import { endless, shop } from "./testing/sources.ts";
import { type TestStudio, testStudio } from "./testing/test-studio.ts";

/** One of every command that writes. */
const writes = (studio: TestStudio, id: string, protocol: string) => [
  () => studio.post(`/api/sessions/${id}/inputs`, { inputs: [{ kind: "advance" }] }),
  () => studio.post(`/api/sessions/${id}/fork`, { at: 0 }),
  () => studio.post("/api/sessions", { protocol }),
  () => studio.post("/api/protocols", { name: "New", source: shop.repeat(20) }),
  () => studio.send("PUT", `/api/protocols/${protocol}/draft`, { source: shop.repeat(20), baseRevision: 0 }),
  () => studio.post(`/api/protocols/${protocol}/versions`, { source: shop }),
  () => studio.send("DELETE", `/api/protocols/${protocol}`),
];

/** Everything that can be seen of a workspace. */
const everything = async (studio: TestStudio, id: string, protocol: string) =>
  Promise.all(
    [
      "/api/protocols?hidden=true",
      "/api/sessions",
      `/api/sessions/${id}`,
      `/api/sessions/${id}/log`,
      `/api/protocols/${protocol}`,
    ].map(async (path) => (await studio.get(path)).body),
  );

const survives = async (
  studio: TestStudio,
  expected: readonly [number, string],
  fault: { start(): Promise<void>; end(): Promise<void> },
): Promise<void> => {
  const { id, protocol } = await openText(studio, endless);
  const before = await everything(studio, id, protocol.id);
  const commit = await studio.host.lastCommit();
  await fault.start();
  for (const write of writes(studio, id, protocol.id)) {
    const { status, body } = await write();
    expect([status, body.code], JSON.stringify(body)).toEqual(expected);
  }
  expect(await everything(studio, id, protocol.id)).toEqual(before);
  expect(await studio.host.lastCommit()).toBe(commit);
  await fault.end();
  for (const write of writes(studio, id, protocol.id)) {
    const { status, body } = await write();
    expect(status, JSON.stringify(body)).toBeLessThan(300);
  }
  expect((await studio.host.replay(id)).ok).toBe(true);
  expect(await studio.store.rebuild()).toMatchObject({ equal: true });
  expect(studio.errors).toEqual([]);
};

test("a full disk is 507, changes nothing, and is forgotten once there is room", async () => {
  const studio = await testStudio();
  // Small entries fit into the pages there are: fill those first.
  const fill = async () => {
    await studio.store.injectFault("full");
    for (let size = 4_000; size >= 1; size = Math.floor(size / 2))
      for (let status = 200; status < 300; ) {
        const path = "/api/protocols";
        ({ status } = await studio.post(path, { name: "fill", source: "x".repeat(size) }));
      }
  };
  const { id, protocol } = await openText(studio, endless);
  await fill();
  const before = await everything(studio, id, protocol.id);
  const commit = await studio.host.lastCommit();
  // An entry of a few bytes may still find room; these do not.
  const [, , open, create, draft] = writes(studio, id, protocol.id);
  for (const write of [open!, create!, draft!]) {
    const { status, body } = await write();
    expect([status, body.code]).toEqual([507, "PAR7401"]);
  }
  expect(await everything(studio, id, protocol.id)).toEqual(before);
  expect(await studio.host.lastCommit()).toBe(commit);
  await studio.store.injectFault("none");
  for (const write of writes(studio, id, protocol.id)) expect((await write()).status).toBeLessThan(300);
  expect((await studio.host.replay(id)).ok).toBe(true);
});

test("a database that can only be read is 503, changes nothing, and is forgotten once it can be written", async () => {
  const studio = await testStudio();
  await survives(studio, [503, "PAR7402"], {
    start: () => studio.store.injectFault("readonly"),
    end: () => studio.store.injectFault("none"),
  });
});

test("a database another process has locked is 503, changes nothing, and is forgotten once it lets go", async () => {
  const studio = await testStudio({ busyTimeoutMs: 10 });
  // The driver is a dependency of the store, not of this package.
  const driver = createRequire(new URL("../../../db/src/index.ts", import.meta.url))("better-sqlite3");
  const other = new driver(join(studio.folder, "parley.db"));
  await survives(studio, [503, "PAR7403"], {
    start: async () => void other.exec("BEGIN IMMEDIATE"),
    end: async () => void other.exec("ROLLBACK"),
  });
  other.close();
});

test("a failing write under load fails what was built on it and nothing else", async () => {
  const studio = await testStudio();
  const { id } = await openText(studio, endless);
  const other = await openText(studio, endless);
  const advance = (session: string) =>
    studio.post(`/api/sessions/${session}/inputs`, { inputs: [{ kind: "advance" }] });
  const good = await Promise.all(Array.from({ length: 10 }, () => advance(id)));
  expect(good.every(({ status }) => status === 200)).toBe(true);
  const head = (await studio.get(`/api/sessions/${id}`)).body.head;
  await studio.store.injectFault("readonly");
  const failed = await Promise.all([...Array(10).fill(id), ...Array(10).fill(other.id)].map(advance));
  expect(new Set(failed.map(({ status, body }) => `${status} ${body.code}`))).toEqual(
    new Set(["503 PAR7402"]),
  );
  await studio.store.injectFault("none");
  expect((await studio.get(`/api/sessions/${id}`)).body.head).toBe(head);
  const next = await Promise.all(Array.from({ length: 10 }, () => advance(id)));
  expect(next.map(({ body }) => body.head)).toEqual(
    Array.from({ length: 10 }, (_, index) => head + 1 + index),
  );
});
