import { expect, test } from "vitest";
import { serverUp } from "./testing/server-process.ts";
import { temporaryFolder } from "./testing/test-studio.ts";

const subject = "session.edge";
const run = ["planned", "validated", "executed", "validated", "executed", "done"];

const call = async <T>(url: string, path: string, body?: unknown): Promise<T> => {
  const headers = { "content-type": "application/json" };
  const response = await fetch(
    `${url}${path}`,
    body === undefined ? {} : { method: "POST", headers, body: JSON.stringify(body) },
  );
  expect(response.status, path).toBeLessThan(300);
  return (await response.json()) as T;
};

interface Migrations {
  readonly items: readonly [
    {
      readonly version: number;
      readonly journal: readonly { readonly kind: string }[];
      readonly run: { readonly phase: string };
    },
  ];
}

test("a server killed after every entry of a migration and every step of a composition goes on to the same end", async () => {
  const folder = temporaryFolder();
  let id = "";
  for (let life = 0; life <= run.length; life += 1) {
    const server = await serverUp(folder);
    const { url } = server;
    if (life === 0) {
      const open = { decisions: "first", grant: "declared" };
      const phases = ["a", "b"].map((name, at) => ({
        name,
        protocol: "secure_request",
        uses: at === 0 ? [] : ["a"],
        open,
      }));
      const composition = { kind: "sequential", name: "two", phases };
      ({ id } = await call<{ id: string }>(url, "/api/compositions", { composition }));
    }
    const before = await call<Migrations>(url, "/api/migrations");
    expect(before.items[0].journal.map(({ kind }) => kind)).toEqual(run.slice(0, life));
    const { status } = await call<{ status: string }>(url, `/api/compositions/${id}`);
    if (status === "running") await call(url, `/api/compositions/${id}/step`, {});
    if (life < run.length)
      await call(url, `/api/migrations/${life === 0 ? "run" : "resume"}`, { subject, entries: 1 });
    else {
      expect(before.items[0]).toMatchObject({ version: 3, run: { phase: "Done" } });
      const view = await call<{ log: { kind: string }[] }>(url, `/api/compositions/${id}`);
      expect(view).toMatchObject({ status: "completed", completed: 2 });
      expect(view.log.map(({ kind }) => kind)).toEqual(["started", "completed", "started", "completed"]);
    }
    server.child.kill("SIGKILL");
    await server.ended;
  }
}, 120_000);
