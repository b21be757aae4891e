import { mkdirSync, writeFileSync } from "node:fs";
import { request } from "node:http";
import { createRequire } from "node:module";
import { connect, type Socket } from "node:net";
import { join } from "node:path";
import { openStore } from "@parley/db";
import { seededRandom } from "@parley/db/testing";
import type { SessionView } from "@parley/wire/http";
import { describe, expect, test } from "vitest";
import { type Attempt, checkFolder } from "./testing/check-folder.ts";
import { loadSource } from "./testing/choose-command.ts";
import { client } from "./testing/http-load.ts";
import { readEvents } from "./testing/read-events.ts";
import { serverUp, startServer } from "./testing/server-process.ts";
import { temporaryFolder } from "./testing/test-studio.ts";

const post = async <T>(url: string, path: string, body: unknown): Promise<T> => {
  const headers = { "content-type": "application/json" };
  const response = await fetch(`${url}${path}`, { method: "POST", headers, body: JSON.stringify(body) });
  expect(response.status).toBe(201);
  return (await response.json()) as T;
};

const openSessions = async (url: string, count: number): Promise<string[]> => {
  const { id } = await post<{ id: string }>(url, "/api/protocols", { name: "Load", source: loadSource });
  const open = () => post<{ session: SessionView }>(url, "/api/sessions", { protocol: id });
  const opened = await Promise.all(Array.from({ length: count }, open));
  return opened.map(({ session }) => session.id);
};

describe("stopping", () => {
  test("SIGTERM under load: streams end, the exit code is 0, and every answered input is there", async () => {
    const folder = temporaryFolder();
    const server = await serverUp(folder);
    const sessions = await openSessions(server.url, 6);
    const stream = readEvents(await fetch(`${server.url}/api/stream?topics=sessions`));
    await stream.next();
    const attempts: Attempt[] = [];
    let answers = 0;
    const tick = (): boolean => {
      answers += 1;
      // The second one must neither hang it nor cut it short.
      if (answers === 40 || answers === 41) server.child.kill("SIGTERM");
      return false;
    };
    const random = seededRandom(7);
    const load = sessions.map((session, index) =>
      client(server.url, session, { random, attempts, prefix: String(index), tick }),
    );
    const drained = (async () => {
      while ((await stream.next()) !== undefined);
      return true;
    })();
    await Promise.all(load);
    expect(await server.ended).toMatchObject({ code: 0, signal: null, complaint: "" });
    expect(await drained).toBe(true);
    const late = attempts.filter(({ status = 0 }) => status >= 500);
    expect(late.every(({ status }) => status === 503)).toBe(true);
    expect(attempts.filter(({ status }) => status === 200).length).toBeGreaterThan(20);
    expect(await checkFolder(folder, attempts)).toEqual([]);
  });

  test("a signal during the start stops it too", async () => {
    const folder = temporaryFolder();
    const server = await serverUp(folder);
    server.child.kill("SIGINT");
    expect(await server.ended).toMatchObject({ code: 0 });
    const again = await serverUp(folder);
    again.child.kill("SIGTERM");
    again.child.kill("SIGINT");
    expect(await again.ended).toMatchObject({ code: 0 });
  });
});

describe("starting", () => {
  test("a port in use, a folder in use: a clear sentence and status 1", async () => {
    const folder = temporaryFolder();
    const server = await serverUp(folder);
    const port = Number(new URL(server.url).port);
    expect(await startServer(temporaryFolder(), port)).toMatchObject({
      code: 1,
      complaint: `parley serve: Port ${port} of 127.0.0.1 is in use. Choose another with --port.\n`,
    });
    expect(await startServer(folder)).toMatchObject({
      code: 1,
      complaint: expect.stringMatching(/^parley serve: The data folder .* is in use by process \d+\./),
    });
    expect((await fetch(`${server.url}/api/health`)).status).toBe(200);
    server.child.kill("SIGTERM");
    expect(await server.ended).toMatchObject({ code: 0 });
  });

  test("a newer database and a foreign file are refused and left as they are", async () => {
    const folder = temporaryFolder();
    const opened = await openStore({ folder });
    if (!opened.ok) throw new Error(opened.error.kind);
    await opened.store.close();
    // The driver is a dependency of the store, not of this package.
    const Driver = createRequire(new URL("../../../db/src/index.ts", import.meta.url))("better-sqlite3");
    const database = new Driver(join(folder, "parley.db"));
    database.exec("INSERT INTO migrations (tag, hash) VALUES ('9999_future', '00')");
    database.close();
    expect(await startServer(folder)).toMatchObject({
      code: 1,
      complaint: expect.stringContaining("newer Parley"),
    });
    const foreign = join(temporaryFolder(), "data");
    mkdirSync(foreign);
    writeFileSync(join(foreign, "parley.db"), "my diary");
    expect(await startServer(foreign)).toMatchObject({
      code: 1,
      complaint: expect.stringContaining("not a database"),
    });
  });
});

describe("on a socket", () => {
  test("an oversize body is answered, not reset, with and without a length", async () => {
    const server = await serverUp(temporaryFolder());
    const chunk = Buffer.alloc(65_536, 0x20);
    const send = (headers: Record<string, string | number>): Promise<number | undefined> =>
      new Promise((resolve, reject) => {
        const sent = request(`${server.url}/api/protocols`, {
          method: "POST",
          headers: { "content-type": "application/json", ...headers },
        });
        sent.on("response", (response) => {
          response.resume();
          resolve(response.statusCode);
        });
        sent.on("error", reject);
        for (let count = 0; count < 40; count += 1) sent.write(chunk);
        sent.end();
      });
    expect(await send({ "content-length": 40 * chunk.length })).toBe(413);
    expect(await send({})).toBe(413);
    server.child.kill("SIGTERM");
    expect(await server.ended).toMatchObject({ code: 0 });
  });

  test("readers that go or do not read are released, and the server stays well", async () => {
    const server = await serverUp(temporaryFolder());
    const { port } = new URL(server.url);
    const [id = ""] = await openSessions(server.url, 1);
    const sockets = await Promise.all(
      Array.from(
        { length: 5 },
        () =>
          new Promise<Socket>((resolve) => {
            const socket = connect(Number(port), "127.0.0.1", () => {
              socket.write(`GET /api/sessions/${id}/stream HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\n\r\n`);
            });
            socket.once("data", () => resolve(socket));
          }),
      ),
    );
    const live = async () =>
      /^parley_live_connections (\d+)$/m.exec(await (await fetch(`${server.url}/metrics`)).text())?.[1];
    expect(await live()).toBe("5");
    for (const socket of sockets) socket.destroy();
    await expect.poll(live).toBe("0");
    server.child.kill("SIGTERM");
    expect(await server.ended).toMatchObject({ code: 0, complaint: "" });
  });
});
