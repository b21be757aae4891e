import { join } from "node:path";
import { killAfterLines, oneFile, seededRandom } from "@parley/db/testing";
import { expect, test } from "vitest";
import { type Attempt, checkDerived, checkFolder } from "./testing/check-folder.ts";
import { loadSource } from "./testing/choose-command.ts";
import { client, send } from "./testing/http-load.ts";
import { type ServerProcess, serverUp } from "./testing/server-process.ts";
import { temporaryFolder } from "./testing/test-studio.ts";

/** Two folders at a time; each is killed a few times and stays small enough to be checked whole. */
const LANES = 2;
const KILLS = 5;
const HTTP_FOLDERS = 4;
const HOST_FOLDERS = 40;
const SESSIONS = 10;

const post = async (
  url: string,
  path: string,
  body: unknown,
): Promise<{ id: string; session: { id: string } }> => {
  const headers = { "content-type": "application/json" };
  const response = await fetch(`${url}${path}`, { method: "POST", headers, body: JSON.stringify(body) });
  expect(response.status).toBe(201);
  return (await response.json()) as { id: string; session: { id: string } };
};

const openSessions = async (url: string): Promise<string[]> => {
  const { id: protocol } = await post(url, "/api/protocols", { name: "Load", source: loadSource });
  const open = async () => (await post(url, "/api/sessions", { protocol })).session.id;
  return Promise.all(Array.from({ length: SESSIONS }, open));
};

/** Sends again what the last kill left without an answer, under the same keys. */
const retry = async (server: ServerProcess, attempts: readonly Attempt[]): Promise<void> => {
  const open = attempts.filter(({ status }) => status === undefined);
  await Promise.all(open.map((attempt) => send(server.url, attempt)));
};

/** Kills one folder's servers under load; answers how many commands were answered. */
const killServers = async (folder: string, seed: number): Promise<number> => {
  const random = seededRandom(seed);
  const attempts: Attempt[] = [];
  let sessions: string[] = [];
  for (let kill = 0; kill < KILLS; kill += 1) {
    const server = await serverUp(folder);
    await retry(server, attempts);
    if (sessions.length === 0) sessions = await openSessions(server.url);
    let left = 1 + random.below(40);
    const tick = (): boolean => {
      left -= 1;
      if (left === 0) server.child.kill("SIGKILL");
      return left <= 0;
    };
    const load = sessions.map((session, index) => {
      const prefix = `${seed}.${kill}.${index}`;
      return client(server.url, session, { random, attempts, prefix, tick });
    });
    sessions = await Promise.all(load);
    expect((await server.ended).signal).toBe("SIGKILL");
    expect(await checkFolder(folder, attempts)).toEqual([]);
  }
  expect(await checkDerived(folder)).toEqual([]);
  return attempts.filter(({ status }) => status !== undefined && status < 300).length;
};

const script = new URL("./testing/host-load.ts", import.meta.url);

/** Kills one folder's hosts under load; answers how many commands were answered. */
const killHosts = async (script: URL, folder: string, seed: number): Promise<number> => {
  const random = seededRandom(seed);
  const env = { NODE_COMPILE_CACHE: join(folder, "../compiled") };
  const attempts = new Map<string, Attempt>();
  for (let kill = 0; kill < KILLS; kill += 1) {
    const open = [...attempts.values()].filter(({ status }) => status === undefined);
    const args = [folder, String(seed * KILLS + kill), JSON.stringify(open)];
    // Past the lines of what is repeated first, so that every repetition is answered.
    const printed = await killAfterLines({ script, args, env }, 2 * open.length + 1 + random.below(80));
    for (const line of printed) {
      const attempt = JSON.parse(line) as Attempt;
      attempts.set(attempt.key, attempt);
    }
    expect(await checkFolder(folder, [...attempts.values()])).toEqual([]);
  }
  expect(await checkDerived(folder)).toEqual([]);
  return [...attempts.values()].filter(({ status }) => status === 200).length;
};

/** Goes through the folders, a few at a time; answers the sum. */
const inLanes = async (
  root: string,
  folders: number,
  each: (folder: string, seed: number) => Promise<number>,
) => {
  let answered = 0;
  const lane = async (first: number): Promise<void> => {
    for (let part = first; part < folders; part += LANES)
      answered += await each(join(root, `data-${part}`), part + 1);
  };
  await Promise.all(Array.from({ length: LANES }, (_, first) => lane(first)));
  return answered;
};

const timeout = 900_000;

test("20 kills of the server, over HTTP, at random moments of a running load lose no answered input and leave nothing half-applied", {
  timeout,
}, async () => {
  const answered = await inLanes(temporaryFolder(), HTTP_FOLDERS, killServers);
  expect(answered).toBeGreaterThan(HTTP_FOLDERS * KILLS);
});

test("200 kills of the host, without HTTP, at random moments of a running load lose no answered input and leave nothing half-applied", {
  timeout,
}, async () => {
  const root = temporaryFolder();
  const victim = await oneFile(script, root);
  const answered = await inLanes(root, HOST_FOLDERS, (folder, seed) => killHosts(victim, folder, seed));
  expect(answered).toBeGreaterThan(HOST_FOLDERS * KILLS);
});
