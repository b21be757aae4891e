import type { EntryJson } from "@parley/wire/http";
import { expect, test } from "vitest";
import { openText } from "./testing/open.ts";
import { endless, shop } from "./testing/sources.ts";
import { type Answer, type TestStudio, testStudio } from "./testing/test-studio.ts";

const HOURS = 3_600_000;
const key = (text: string) => ({ "idempotency-key": text });
const isReplayed = ({ headers }: Answer): boolean => headers.get("idempotency-replayed") === "true";

interface Command {
  readonly method: string;
  readonly path: string;
  readonly body: unknown;
  readonly other: unknown;
}

/** One of every kind of command that writes entries, with another body under the same key. */
const commands = async (studio: TestStudio): Promise<Readonly<Record<string, Command>>> => {
  const { id, protocol } = await openText(studio, endless);
  const mine = `/api/protocols/${protocol.id}`;
  const session = `/api/sessions/${id}`;
  const advance = { kind: "advance" };
  const post = (path: string, body: unknown, other: unknown): Command => ({
    method: "POST",
    path,
    body,
    other,
  });
  return {
    create: post("/api/protocols", { name: "A", source: shop }, { name: "B", source: shop }),
    rename: { method: "PATCH", path: mine, body: { name: "New" }, other: { name: "Newer" } },
    version: post(`${mine}/versions`, { source: shop }, { source: endless }),
    open: post("/api/sessions", { protocol: protocol.id }, { protocol: protocol.id, title: "Other" }),
    inputs: post(`${session}/inputs`, { inputs: [advance] }, { inputs: [advance, advance] }),
    fork: post(`${session}/fork`, { at: 0 }, { at: 0, title: "Other" }),
    run: post(`${session}/run`, { maxEntries: 3 }, { maxEntries: 4 }),
  };
};

const names = ["create", "rename", "version", "open", "inputs", "fork", "run"] as const;

test.each(names)("%s: the same key and body get the same answer again, and have one effect", async (name) => {
  const studio = await testStudio();
  const { method, path, body, other } = (await commands(studio))[name]!;
  const first = await studio.send(method, path, body, key("k"));
  expect(first.status, JSON.stringify(first.body)).toBeLessThan(300);
  expect(isReplayed(first)).toBe(false);
  const idle = async () => {
    for (const { id } of await studio.host.listSessions()) await studio.host.runEnded(id);
    return studio.host.lastCommit();
  };
  const commit = await idle();
  const again = await studio.send(method, path, body, key("k"));
  expect(again.status).toBe(first.status);
  expect(again.body).toEqual(
    "replayed" in (first.body ?? {}) ? { ...first.body, replayed: true } : first.body,
  );
  expect(isReplayed(again)).toBe(true);
  const mismatch = await studio.send(method, path, other, key("k"));
  expect([mismatch.status, mismatch.body.code]).toEqual([422, "PAR7201"]);
  expect(await idle()).toBe(commit);
});

test("commands sent at once under one key have one effect; who comes too early is told so", async () => {
  const studio = await testStudio();
  const { id } = await openText(studio, endless);
  const send = () =>
    studio.post(`/api/sessions/${id}/inputs`, { inputs: [{ kind: "advance" }] }, key("once"));
  const answers = await Promise.all(Array.from({ length: 8 }, send));
  const done = answers.filter(({ status }) => status === 200);
  const early = answers.filter(({ status }) => status === 409);
  expect(done.length + early.length).toBe(8);
  expect(done.filter((answer) => !isReplayed(answer))).toHaveLength(1);
  expect(early.every(({ body }) => body.code === "PAR7202")).toBe(true);
  const log = (await studio.get(`/api/sessions/${id}/log`)).body;
  expect(
    log.items.filter(({ input }: { input: EntryJson["input"] }) => input.kind === "advance"),
  ).toHaveLength(1);
});

test("a key of another command is refused, and a refused command does not use up its key", async () => {
  const studio = await testStudio();
  const { id } = await openText(studio, endless);
  const path = `/api/sessions/${id}/inputs`;
  const refused = await studio.post(path, { expectedHead: 9, inputs: [{ kind: "advance" }] }, key("k"));
  expect(refused.status).toBe(409);
  expect((await studio.post(path, { inputs: [{ kind: "advance" }] }, key("k"))).status).toBe(200);
  const other = await studio.post("/api/protocols", { name: "x" }, key("k"));
  expect([other.status, other.body.code]).toEqual([422, "PAR7201"]);
});

test("answers are kept over a restart, and for 24 hours", async () => {
  const studio = await testStudio();
  const { id } = await openText(studio, endless);
  const body = { inputs: [{ kind: "advance" }] };
  const first = await studio.post(`/api/sessions/${id}/inputs`, body, key("k"));
  await studio.host.close();
  await studio.store.close();
  const again = await testStudio({ folder: studio.folder });
  const replayed = await again.post(`/api/sessions/${id}/inputs`, body, key("k"));
  expect(replayed.body).toEqual({ ...first.body, replayed: true });
  again.clock.advance(25 * HOURS);
  const later = await again.post(`/api/sessions/${id}/inputs`, body, key("k"));
  expect(later.body).toMatchObject({ head: first.body.head + 1, replayed: false });
});

test("a key that is none is refused, never cut", async () => {
  const studio = await testStudio();
  for (const text of ["", "k".repeat(201)]) {
    const { status, body } = await studio.post("/api/protocols", { name: "x" }, key(text));
    expect([status, body.code]).toEqual([422, "PAR7802"]);
    expect(body.fields.issues[0].path).toEqual(["Idempotency-Key"]);
  }
  expect((await studio.get("/api/protocols")).body.items).toEqual([]);
});
