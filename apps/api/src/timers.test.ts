import type { EntryJson, SessionView } from "@parley/wire/http";
import { expect, test } from "vitest";
import { openText } from "./testing/open.ts";
import { type ServerProcess, serverUp } from "./testing/server-process.ts";
import { temporaryFolder, testStudio } from "./testing/test-studio.ts";

/** B never answers by itself: its payload is asked for. */
const patient = (duration: string): string => `module patient exposing (Patient)

protocol Patient =
  roles A, B
  timeout ${duration} A at
    A -> B : Ask
    B -> A : Answer of Nat
  on timeout =>
    A -> B : Late
  on cancel =>
    A -> B : Never
`;

const request = async <T>(server: ServerProcess, path: string, body?: unknown): Promise<T> => {
  const response = await fetch(`${server.url}${path}`, {
    ...(body === undefined
      ? {}
      : {
          method: "POST",
          headers: { "content-type": "application/json" },
          body: JSON.stringify(body),
        }),
  });
  expect(response.status).toBeLessThan(300);
  return (await response.json()) as T;
};

/** Asks until the session has ended. */
const ended = async (server: ServerProcess, id: string): Promise<SessionView> => {
  for (;;) {
    const seen = await request<SessionView>(server, `/api/sessions/${id}`);
    if (seen.status !== "active") return seen;
  }
};

test("a server that is killed fires what came due in the meantime, once, when it starts again", {
  timeout: 60_000,
}, async () => {
  const folder = temporaryFolder();
  const first = await serverUp(folder);
  const { id: protocol } = await request<{ id: string }>(first, "/api/protocols", {
    name: "Patient",
    source: patient("150ms"),
  });
  const open = async (): Promise<string> =>
    (await request<{ session: SessionView }>(first, "/api/sessions", { protocol, drive: "eager" })).session
      .id;
  const ids = [await open(), await open(), await open()];
  first.child.kill("SIGKILL");
  await first.ended;
  const second = await serverUp(folder);
  for (const id of ids) {
    expect((await ended(second, id)).status).toBe("completed");
    const { items } = await request<{ items: EntryJson[] }>(
      second,
      `/api/sessions/${id}/log?from=0&limit=100`,
    );
    expect(items.flatMap(({ input, actor }) => (input.kind === "timer" ? [actor.kind] : []))).toEqual([
      "timer",
    ]);
    expect(
      items.flatMap(({ events }) => events).filter(({ label }) => label === "Late").length,
    ).toBeGreaterThan(0);
  }
  second.child.kill("SIGTERM");
  await second.ended;
});

test("over HTTP a timer is listed, refused before its time with its deadline, fired by the clock, and a scope cancelled", async () => {
  const studio = await testStudio();
  const begin = async () => {
    const { id } = await openText(studio, patient("5s"), { clock: "manual", drive: "eager" });
    const { body } = await studio.get(`/api/sessions/${id}`);
    const timer = body.next.find(({ kind }: { kind: string }) => kind === "timer");
    return {
      id,
      timer,
      send: (input: unknown) => studio.post(`/api/sessions/${id}/inputs`, { inputs: [input] }),
    };
  };
  const { id, timer, send } = await begin();
  expect(timer).toMatchObject({ seat: "A", lap: 0, cancellable: true });
  const early = await send({ kind: "timer", id: timer.id });
  expect(early).toMatchObject({
    status: 409,
    body: { code: "PAR7015", fields: { deadline: timer.deadline } },
  });
  expect((await send({ kind: "timer", id: "nope" })).body.code).toBe("PAR7014");
  expect((await send({ kind: "clock", at: timer.deadline })).status).toBe(200);
  expect((await studio.get(`/api/sessions/${id}`)).body.status).toBe("completed");
  const other = await begin();
  expect((await other.send({ kind: "cancel", reason: "enough", scope: other.timer.id })).status).toBe(200);
  expect((await studio.get(`/api/sessions/${other.id}`)).body.status).toBe("completed");
});
