import { expect, test } from "vitest";
import { shop } from "./testing/sources.ts";
import { testStudio } from "./testing/test-studio.ts";

const subject = "session.edge";

test("a migration is looked at, tried dry, fails half way and is resumed over HTTP", async () => {
  const { get, post } = await testStudio();
  const listed = await get("/api/migrations");
  expect(listed.body.items).toMatchObject([{ subject, version: 1, latest: 3, needed: true }]);
  expect(listed.body.demos).toEqual(["failing"]);
  expect((await post("/api/migrations/dry-run", { subject })).body).toMatchObject({
    from: 1,
    to: 3,
    error: null,
  });
  const failed = await post("/api/migrations/run?demo=failing", { subject });
  expect(failed).toMatchObject({
    status: 200,
    body: { version: 2, run: { phase: "Failed", resumable: true } },
  });
  expect((await post("/api/migrations/resume", { subject })).body).toMatchObject({
    version: 3,
    run: { phase: "Done" },
  });
  expect(await post("/api/migrations/run", { subject })).toMatchObject({
    status: 409,
    body: { code: "PAR8706" },
  });
  expect(await post("/api/migrations/run", { subject, to: 9 })).toMatchObject({
    status: 422,
    body: { code: "PAR8701" },
  });
  expect((await post("/api/migrations/run?demo=other", { subject })).status).toBe(404);
});

test("a composition is started, stepped to its end and cannot be stepped on over HTTP", async () => {
  const { get, post } = await testStudio();
  const { body: protocol } = await post("/api/protocols", { name: "Shop", source: shop });
  const phases = [{ name: "only", protocol: protocol.id, open: { decisions: "first", grant: "declared" } }];
  const started = await post("/api/compositions", {
    composition: { kind: "sequential", name: "one", phases },
  });
  expect(started).toMatchObject({ status: 201, body: { status: "running", lanes: [{ state: "waiting" }] } });
  const { id } = started.body;
  const ended = await post(`/api/compositions/${id}/step`, { until: "end" });
  expect(ended.body).toMatchObject({ status: "completed", lanes: [{ session: { status: "completed" } }] });
  expect((await get("/api/compositions")).body).toMatchObject({
    items: [{ id, status: "completed" }],
    shipped: [{ name: "Authentication" }],
  });
  expect(await post(`/api/compositions/${id}/step`, {})).toMatchObject({
    status: 409,
    body: { code: "PAR8814" },
  });
  const twice = { kind: "sequential", name: "two", phases: [...phases, ...phases] };
  expect(await post("/api/compositions", { composition: twice })).toMatchObject({
    status: 422,
    body: { code: "PAR8811" },
  });
});
